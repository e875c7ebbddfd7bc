import { choicesOf, listsOf, type Choice } from '#domain/merge-residents.ts'
import type { Rec } from '#app/views/records.ts'
import type { Side } from '#app/views/same-person.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Spoken } from '#app/ui/kit/Spoken.tsx'
import { fieldToText, isSensitive } from '#app/ui/pieces/field-value.ts'
import { Masked } from '#app/ui/pieces/Masked.tsx'
import type { Reveals } from '#app/ui/pieces/reveals.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './Pair.module.css'
import { useReviewWords } from './review-words.ts'

interface Both {
  readonly a: Rec<'resident'>
  readonly b: Rec<'resident'>
  readonly reveals: readonly [Reveals, Reveals]
}

/** Field by field: what differs is marked and chosen, what only one knows is seen, what is the same is counted. */
export function Compare(
  props: Both & {
    readonly side: Side
    readonly taken: ReadonlyMap<string, Side>
    readonly onTake: (field: string, from: Side) => void
  },
) {
  const said = useReviewWords()
  const { a, b, side, taken, onTake } = props
  const both = { a, b, reveals: props.reveals }
  const choices = choicesOf(a.fields, b.fields)
  const isSame = ({ field, differs }: Choice) => !differs && a.fields[field] === b.fields[field]
  const shown = choices
    .filter((choice) => !isSame(choice))
    .sort((one, other) => Number(other.differs) - Number(one.differs))
  const same = choices.length - shown.length
  return (
    <section class={styles.compare}>
      <h2>{said.fields}</h2>
      <p class={styles.soft}>{said.fieldsHint}</p>
      {shown.map(({ field, differs }) => (
        <Row
          key={field}
          {...both}
          field={field}
          note={differs ? said.differs : null}
          chosen={differs ? (taken.get(field) ?? side) : null}
          onTake={(from) => onTake(field, from)}
        />
      ))}
      {listsOf(a.fields, b.fields).map((field) => (
        <Row key={field} {...both} field={field} note={said.both} chosen={null} />
      ))}
      {same > 0 && <p class={styles.soft}>{said.same(same)}</p>}
      {[a, b].some(({ fields }) => (fields.overrides ?? []).length > 0) && (
        <p class={styles.soft}>{said.hand}</p>
      )}
    </section>
  )
}

function Row(
  props: Both & {
    readonly field: string
    readonly note: string | null
    readonly chosen: Side | null
    readonly onTake?: (from: Side) => void
  },
) {
  const words = useWords()
  const said = useReviewWords()
  const { a, b, field, note, chosen, reveals, onTake } = props
  const label = words.facts.field[field] ?? field
  return (
    <fieldset class={styles.row}>
      <legend>
        {label} {note && <strong>{note}</strong>}
      </legend>
      {(['first', 'second'] as const).map((from, index) => (
        <div key={from} class={styles.cell} data-chosen={chosen === from}>
          {chosen !== null && (
            <label class={styles.pick}>
              <input
                type="radio"
                autocomplete="off"
                name={`pair-${field}`}
                checked={chosen === from}
                onChange={() => onTake?.(from)}
              />
              <Spoken>{`${label} ${index === 0 ? said.first : said.second}`}</Spoken>
            </label>
          )}
          <Value
            resident={from === 'first' ? a : b}
            field={field}
            label={label}
            reveals={index === 0 ? reveals[0] : reveals[1]}
          />
        </div>
      ))}
    </fieldset>
  )
}

function Value(props: {
  readonly resident: Rec<'resident'>
  readonly field: string
  readonly label: string
  readonly reveals: Reveals
}) {
  const app = useParts('register', 'today')
  const words = useWords()
  const said = useReviewWords()
  const day = useStore(app.today, (store) => store.day)
  const { resident, field, label, reveals } = props
  const value = (resident.fields as Readonly<Record<string, unknown>>)[field]
  const text = (open: boolean) => fieldToText(words, app.register, field, value, day, open)
  const masked = text(false)
  if (masked === '') return <span class={styles.soft}>{said.unknown}</span>
  if (!isSensitive(field)) return <span>{masked}</span>
  return <Masked field={field} label={label} value={text(true)} masked={masked} reveals={reveals} />
}
