import { useState } from 'preact/hooks'
import { addDays, daysBetween, isDay } from '#domain/day.ts'
import type { Scheme } from '#domain/scheme.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatDay } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { ChoiceField, DateField } from '#app/ui/kit/Field.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { daysOf, rangesOf, type DayRange } from '#app/views/day-ranges.ts'
import styles from './DaysField.module.css'
import { useSchemeWords } from '#app/ui/words/scheme-words.ts'

type Kind = 'holidays' | 'workedWeekends'
type Calendar = Pick<Scheme, Kind>

/** Longer than the longest break that the State Council ever announced. */
const longestRange = 60

/** Public holidays, and weekend days that are worked instead; with `onChange` they can be changed. */
export function DaysField(props: {
  readonly calendar: Calendar
  readonly onChange?: (calendar: Calendar) => void
}) {
  const app = useParts('today')
  const own = useSchemeWords()
  const today = useStore(app.today, (store) => store.day)
  const { calendar, onChange } = props
  const recent = addDays(today, -31)
  const lines = (['holidays', 'workedWeekends'] as const)
    .flatMap((kind) => rangesOf(calendar[kind]).map((range) => ({ kind, range })))
    .sort((a, b) => (a.range.from < b.range.from ? -1 : 1))
  const remove = (kind: Kind, range: DayRange) => {
    const gone = new Set(daysOf(range))
    onChange?.({ ...calendar, [kind]: calendar[kind].filter((day) => !gone.has(day)) })
  }
  const old = lines.filter(({ range }) => range.to < recent)
  const list = (shown: typeof lines) => (
    <ul class={styles.plain}>
      {shown.map(({ kind, range }) => (
        <li key={kind + range.from} class={styles.dayLine}>
          <DayRangeWords kind={kind} range={range} />
          {onChange && <RemoveDays kind={kind} range={range} onRemove={remove} />}
        </li>
      ))}
    </ul>
  )
  return (
    <>
      {list(lines.filter(({ range }) => range.to >= recent))}
      {old.length > 0 && (
        <details>
          <summary class={styles.summary}>
            {own.earlier}（{old.length}）
          </summary>
          {list(old)}
        </details>
      )}
      {onChange && (
        <AddDays
          onAdd={(kind, range) => {
            const other = kind === 'holidays' ? 'workedWeekends' : 'holidays'
            const fresh = new Set(daysOf(range))
            onChange({
              ...calendar,
              [kind]: [...new Set([...calendar[kind], ...fresh])].sort(),
              // One day is one or the other: what was said last.
              [other]: calendar[other].filter((day) => !fresh.has(day)),
            })
          }}
        />
      )}
    </>
  )
}

function DayRangeWords(props: { readonly kind: Kind; readonly range: DayRange }) {
  const app = useParts('today')
  const words = useWords()
  const own = useSchemeWords()
  const today = useStore(app.today, (store) => store.day)
  const { from, to } = props.range
  const shown =
    formatDay(words, from, today) + (from === to ? '' : `–${formatDay(words, to, today)}`)
  return (
    <span>
      {shown}{' '}
      <span class={styles.soft}>{own[props.kind === 'holidays' ? 'holidays' : 'worked']}</span>
    </span>
  )
}

function RemoveDays(props: {
  readonly kind: Kind
  readonly range: DayRange
  readonly onRemove: (kind: Kind, range: DayRange) => void
}) {
  const own = useSchemeWords()
  const { kind, range } = props
  return (
    <Button
      look="quiet"
      icon="close"
      label={own.remove(range.from)}
      onClick={() => props.onRemove(kind, range)}
    />
  )
}

function AddDays(props: { readonly onAdd: (kind: Kind, range: DayRange) => void }) {
  const own = useSchemeWords()
  const [kind, setKind] = useState<Kind>('holidays')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [wrong, setWrong] = useState(false)
  const add = () => {
    const end = to === '' ? from : to
    const isRight =
      isDay(from) && isDay(end) && end >= from && daysBetween(from, end) < longestRange
    setWrong(!isRight)
    if (!isRight) return
    props.onAdd(kind, { from, to: end })
    setFrom('')
    setTo('')
  }
  return (
    <div class={styles.condition}>
      <h3>{own.addDays}</h3>
      <ChoiceField
        label={own.kind}
        value={kind}
        options={[
          { value: 'holidays', label: own.holidays },
          { value: 'workedWeekends', label: own.worked },
        ]}
        onInput={(value) => setKind(value as Kind)}
      />
      <div class={styles.pair}>
        <DateField
          label={own.from}
          value={from}
          onInput={setFrom}
          error={wrong ? own.daysWrong : undefined}
        />
        <DateField label={own.to} value={to} min={from} onInput={setTo} />
      </div>
      <Button icon="plus" onClick={add}>
        {own.add}
      </Button>
    </div>
  )
}
