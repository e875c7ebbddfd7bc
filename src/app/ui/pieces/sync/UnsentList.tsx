import { useState } from 'preact/hooks'
import { maskName } from '#domain/mask.ts'
import { goToKnown, isAnsweredOtherwise, knownConfirmed } from '#app/acts/same-as-known.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { knownBehind } from '#app/views/declarations.ts'
import { pageOfUnsent, whereOfUnsent, type UnsentItem } from '#app/views/unsent.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatMoment, formatNames } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { fieldsLeftOut, sendAgain } from '#app/acts/send-again.ts'
import { useSendAgainWords } from './send-again-words.ts'
import styles from './SyncSheet.module.css'

/** A day without network is some hundreds of items; more are counted, not listed. */
const MOST = 100

/** Each unsent mutation: what, at which door, when; a refused one with its reason and its mending. */
export function UnsentList(props: {
  readonly unsent: readonly UnsentItem[]
  readonly onLeave: () => void
}) {
  const words = useWords()
  const refused = props.unsent.filter((item) => item.state === 'refused')
  const waiting = props.unsent.filter((item) => item.state === 'waiting')
  if (props.unsent.length === 0) return <p>{words.sync.nothingUnsent}</p>
  return (
    <>
      {refused.length > 0 && (
        <section>
          <h3>{words.sync.attention(refused.length)}</h3>
          <ul class={styles.list}>
            {refused.map((item) => (
              <UnsentEntry key={item.mutation.id} item={item} onLeave={props.onLeave} />
            ))}
          </ul>
        </section>
      )}
      {waiting.length > 0 && (
        <section>
          <h3>{words.sync.unsent(waiting.length)}</h3>
          <ul class={styles.list}>
            {waiting.slice(0, MOST).map((item) => (
              <UnsentEntry key={item.mutation.id} item={item} onLeave={props.onLeave} />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

/** One of them; `li` of a list. */
export function UnsentEntry(props: { readonly item: UnsentItem; readonly onLeave: () => void }) {
  const app = useParts('sync', 'syncActs', 'register', 'today')
  const words = useWords()
  const own = useSendAgainWords()
  const day = useStore(app.today, (store) => store.day)
  const [asking, setAsking] = useState(false)
  const { mutation, state, problem, fields } = props.item
  const where = useRegister(app, (register) => whereOfUnsent(register, props.item))
  const href = pageOfUnsent(props.item)
  const left = fieldsLeftOut(props.item).map((field) => words.facts.field[field] ?? field)
  const changed =
    mutation.op === 'patch'
      ? formatNames(
          words,
          Object.keys(mutation.fields).map((field) => words.facts.field[field] ?? field),
        )
      : ''
  return (
    <li class={state === 'refused' ? styles.refused : styles.item}>
      <p>
        <strong>
          {words.facts.op[mutation.op]}
          {words.facts.kind[mutation.kind]}
        </strong>{' '}
        {where} {changed}
      </p>
      <p class={styles.last}>{formatMoment(words, mutation.at, day)}</p>
      {problem && <p class={styles.problem}>{words.problems[problem]}</p>}
      {fields.map((fault) => (
        <p key={fault.field} class={styles.problem}>
          {words.facts.field[fault.field] ?? fault.field}：{words.fieldProblem(fault)}
        </p>
      ))}
      {state === 'refused' && (
        <div class={styles.acts}>
          {href && (
            <a class={styles.link} href={href} onClick={props.onLeave}>
              {words.sync.open}
            </a>
          )}
          {asking ? (
            <>
              <p>{words.sync.giveUpAsk}</p>
              <Button look="danger" onClick={() => void app.syncActs.giveUp(mutation.id)}>
                {words.sync.giveUpYes}
              </Button>
              <Button onClick={() => setAsking(false)}>{words.shell.cancel}</Button>
            </>
          ) : (
            <>
              {problem === 'person-there-already' && <SamePerson item={props.item} />}
              {/* Of a request it is meant again where the request can be seen, as it stands now. */}
              {problem !== 'changed-meanwhile' && (
                <Button onClick={() => void sendAgain(app, props.item)}>
                  {left.length > 0
                    ? own.without(left)
                    : problem === 'person-there-already'
                      ? own.other
                      : words.sync.sendAgain}
                </Button>
              )}
              <Button look="quiet" onClick={() => setAsking(true)}>
                {words.sync.giveUp}
              </Button>
            </>
          )}
        </div>
      )}
    </li>
  )
}

/** Who lives behind that door and may be the person whom a claim would have made: one tap, and the claim is theirs. */
function SamePerson(props: { readonly item: UnsentItem }) {
  const app = useParts('sync', 'syncActs', 'register', 'work', 'now')
  const words = useWords()
  const own = useSendAgainWords()
  const saving = useSave()
  const [isOtherwise, setOtherwise] = useState(false)
  const { item } = props
  const claim = useRegister(app, (register) =>
    register.get('arrival', String(item.mutation.fields['declaration'])),
  )
  const known = useRegister(app, (register) => (claim ? knownBehind(register, claim) : []), [claim])
  if (!claim) return null
  const join = (one: (typeof known)[number]) => {
    if (isAnsweredOtherwise(app.register, claim, one)) return setOtherwise(true)
    const { unsent } = app.sync.getState()
    saving.run(
      knownConfirmed(app, claim, one, item, unsent),
      () => void goToKnown(app, claim, one).then((went) => setOtherwise(!went)),
    )
  }
  return (
    <>
      {known.map((one) => (
        <Button key={one.id} look="primary" busy={saving.busy} onClick={() => join(one)}>
          {own.same(maskName(one.fields.name))}
        </Button>
      ))}
      {isOtherwise && <p class={styles.problem}>{own.otherwise}</p>}
      {saving.problem && <p class={styles.problem}>{words.problems[saving.problem]}</p>}
    </>
  )
}
