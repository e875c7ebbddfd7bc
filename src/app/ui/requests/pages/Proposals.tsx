import { useState } from 'preact/hooks'
import type { RequestStep } from '#domain/requests/step.ts'
import { actorOf, stepsFor } from '#domain/requests/transition.ts'
import { unitName } from '#app/views/request-rules.ts'
import type { RequestView } from '#app/views/requests.ts'
import type { UnsentItem } from '#app/sync/unsent-item.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatMoment } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useProposalWords } from '#app/ui/pieces/requests/proposal-words.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { useViewer } from '#app/ui/pieces/requests/use-viewer.ts'

/** Acts on this request that the server did not do, since something had happened: meant again, or dropped. */
export function Proposals(props: { readonly view: RequestView }) {
  const app = useParts('sync')
  const said = useProposalWords()
  const { view } = props
  const unsent = useStore(app.sync, (sync) => sync.unsent)
  const refused = unsent.filter(
    ({ state, mutation }) =>
      state === 'refused' &&
      mutation.kind === 'request-step' &&
      mutation.fields['request'] === view.request.id,
  )
  if (refused.length === 0) return null
  return (
    <section class={styles.part}>
      <h2>{said.proposals}</h2>
      <ul class={styles.list}>
        {refused.map((item) => (
          <li key={item.mutation.id} class={styles.step}>
            <Proposal item={item} view={view} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Proposal(props: { readonly item: UnsentItem; readonly view: RequestView }) {
  const app = useParts('syncActs', 'register', 'today', 'now')
  const words = useWords()
  const own = useRequestsWords()
  const said = useProposalWords()
  const { role } = useViewer()
  const day = useStore(app.today, (store) => store.day)
  const [busy, setBusy] = useState(false)
  const { mutation, problem } = props.item
  const { course, steps } = props.view
  const meant = mutation.fields as unknown as RequestStep
  const unit = useRegister(app, (register) =>
    meant.unit ? unitName(register, meant.unit) : undefined,
  )
  const last = steps.at(-1)?.step
  const actor = actorOf(role)
  const isPossible = actor !== null && stepsFor(actor, course.state).includes(meant.step)
  const confirm = async () => {
    setBusy(true)
    await app.syncActs.mend(mutation.id, ({ mutation: { fields } }) => ({
      ...fields,
      ...{ at: new Date(app.now()).toISOString(), after: last?.id ?? null },
    }))
    setBusy(false)
  }
  return (
    <>
      <strong>
        {own.step[meant.step]}
        {unit && `，${unit}`}
      </strong>
      {meant.words && <span class={styles.words}>{meant.words}</span>}
      <Notice>
        {problem === 'changed-meanwhile' || problem === null
          ? isPossible
            ? said.changed
            : said.notNow
          : words.problems[problem]}
      </Notice>
      {last && (
        <span class={styles.soft}>
          {said.last(own.step[last.step], formatMoment(words, last.at, day))}
        </span>
      )}
      <div class={styles.acts}>
        {isPossible && (
          <Button busy={busy} onClick={() => void confirm()}>
            {said.confirm}
          </Button>
        )}
        <Button look="quiet" onClick={() => void app.syncActs.giveUp(mutation.id)}>
          {said.drop}
        </Button>
      </div>
    </>
  )
}
