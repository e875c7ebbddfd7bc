import { useState } from 'preact/hooks'
import { meantAgain } from '#app/acts/request-steps.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatFacts, formatMoment } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Acts, Part, Soft } from '#app/ui/kit/Part.tsx'
import { useProposalWords } from '#app/ui/pieces/requests/proposal-words.ts'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { useViewer } from '#app/ui/pieces/requests/use-viewer.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { proposalsShown, type ProposalShown } from '#app/views/proposals.ts'
import type { RequestView } from '#app/views/requests.ts'

/** Acts on this request that the server did not do, since something had happened: meant again, or dropped. */
export function Proposals({ view }: { readonly view: RequestView }) {
  const app = useParts('sync', 'register')
  const said = useProposalWords()
  const { role } = useViewer()
  const unsent = useStore(app.sync, (sync) => sync.unsent)
  const proposals = useRegister(app, (register) => proposalsShown(register, unsent, view, role), [
    unsent,
    view,
    role,
  ])
  if (proposals.length === 0) return null
  return (
    <Part head={said.proposals}>
      {proposals.map((proposal) => (
        <Proposal key={proposal.id} proposal={proposal} view={view} />
      ))}
    </Part>
  )
}

function Proposal(props: { readonly proposal: ProposalShown; readonly view: RequestView }) {
  const app = useParts('syncActs', 'today', 'now')
  const words = useWords()
  const own = useRequestsWords()
  const said = useProposalWords()
  const day = useStore(app.today, (store) => store.day)
  const [busy, setBusy] = useState(false)
  const { id, step, unit, problem, isPossible, last } = props.proposal
  const confirm = async () => {
    setBusy(true)
    await app.syncActs.mend(id, ({ mutation }) => meantAgain(app, mutation.fields, props.view))
    setBusy(false)
  }
  const why = isPossible ? said.changed : said.notNow
  return (
    <>
      <strong>{formatFacts(words, [own.step[step], unit])}</strong>
      {props.proposal.words !== null && <p class={styles.words}>{props.proposal.words}</p>}
      <Notice>{problem === null ? why : words.problems[problem]}</Notice>
      {last && <Soft>{said.last(own.step[last.step], formatMoment(words, last.at, day))}</Soft>}
      <Acts>
        {isPossible && (
          <Button busy={busy} onClick={() => void confirm()}>
            {said.confirm}
          </Button>
        )}
        <Button look="quiet" onClick={() => void app.syncActs.giveUp(id)}>
          {said.drop}
        </Button>
      </Acts>
    </>
  )
}
