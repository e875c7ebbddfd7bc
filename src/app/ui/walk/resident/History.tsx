import { useState } from 'preact/hooks'
import { historyOf, type ToldLine } from '#app/views/history-lines.ts'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatFacts, formatMoment } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { fieldToText } from '#app/ui/pieces/field-value.ts'
import type { Reveals } from '#app/ui/pieces/reveals.ts'
import { useOriginWords } from '#app/ui/pieces/origin-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './History.module.css'

/** Every change of every field: when, by whom, from what to what; also what still waits on this device. */
export function History(props: { readonly resident: Rec<'resident'>; readonly reveals: Reveals }) {
  const app = useParts('register')
  const words = useWords()
  const [open, setOpen] = useState(false)
  const { id } = props.resident
  const lines = useRegister(app, (register) => (open ? historyOf(register, id) : []), [open, id])
  if (!open) {
    return (
      <Button look="quiet" wide onClick={() => setOpen(true)}>
        {words.resident.historyShow}
      </Button>
    )
  }
  return (
    <section class={styles.history}>
      <h2>{words.resident.history}</h2>
      {lines.length === 0 && <p>{words.resident.noHistory}</p>}
      <ol>
        {lines.map((told) => (
          <li key={told.line.id}>
            <Line told={told} reveals={props.reveals} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Line(props: { readonly told: ToldLine; readonly reveals: Reveals }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const own = useOriginWords()
  const { reveals } = props
  const { line, author, origin } = props.told
  const text = (field: string, value: unknown) =>
    fieldToText(words, app.register, field, value, day, reveals.isShown(field)) ||
    words.resident.noBefore
  return (
    <>
      <p class={styles.when}>
        {line.at && formatMoment(words, line.at, day)}{' '}
        {formatFacts(words, [
          author ?? words.resident.byUnknown,
          origin && own.from(origin),
          line.pending && words.resident.notSentYet,
        ])}
      </p>
      {line.saidAt && (
        <p class={styles.when}>
          {words.household.clockWrong(formatMoment(words, line.saidAt, day))}
        </p>
      )}
      {line.op === 'create' && <p>{words.resident.created}</p>}
      {line.op === 'remove' && <p>{words.resident.removed}</p>}
      {line.op === 'patch' &&
        Object.entries(line.fields).map(([field, [before, after]]) => (
          <p key={field}>
            <span class={styles.field}>{words.facts.field[field] ?? field}</span>{' '}
            {words.resident.historyLine(text(field, before), text(field, after))}
          </p>
        ))}
    </>
  )
}
