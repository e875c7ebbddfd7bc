import { filterDays, type FilterDay, type SheetFilter } from '#domain/sheet-filter.ts'
import { daysOf } from '#domain/sheet-passes.ts'
import { DateField, SwitchField } from '#app/ui/kit/Field.tsx'
import styles from './Table.module.css'
import { useTableWords } from './table-words.ts'

/** From one day to another: of moving in, of the last visit, of the next one. Folded until somebody needs it. */
export function FilterDays(props: {
  readonly isOfPeople: boolean
  readonly filter: SheetFilter
  readonly change: (part: Partial<SheetFilter>) => void
}) {
  const own = useTableWords()
  const { filter, change } = props
  const isAsked =
    filter.neverMet === true ||
    filterDays.some((kind) => daysOf(filter, kind).some((day) => day !== null))
  return (
    <details class={styles.fold} open={isAsked}>
      <summary>{own.otherDays}</summary>
      {filterDays.map((kind) =>
        kind === 'due' && !props.isOfPeople ? null : (
          <Span key={kind} kind={kind} filter={filter} change={change} />
        ),
      )}
      <SwitchField
        label={own.neverMet}
        checked={filter.neverMet === true}
        onInput={(neverMet) => change({ neverMet: neverMet || null })}
      />
    </details>
  )
}

function Span(props: {
  readonly kind: FilterDay
  readonly filter: SheetFilter
  readonly change: (part: Partial<SheetFilter>) => void
}) {
  const own = useTableWords()
  const { kind, filter, change } = props
  const [from, to] = daysOf(filter, kind)
  const isWrong = from !== null && to !== null && from > to
  return (
    <fieldset class={styles.part}>
      <legend>{own.days[kind]}</legend>
      <div class={styles.pair}>
        <DateField
          label={own.dayFrom}
          value={from ?? ''}
          onInput={(day) => change({ [`${kind}From`]: day || null })}
        />
        <DateField
          label={own.dayTo}
          value={to ?? ''}
          error={isWrong ? own.dayWrong : undefined}
          onInput={(day) => change({ [`${kind}To`]: day || null })}
        />
      </div>
    </fieldset>
  )
}
