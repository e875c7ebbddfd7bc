import { Button } from '#app/ui/kit/Button.tsx'
import { useScreenWords } from '#app/ui/words/use-words.ts'
import { isFiltering, noFilter, type Filter } from '#app/views/building-chart.ts'
import { Filters } from '#app/ui/walk/building/Filters.tsx'
import type { GridChart, Matched } from '#app/views/grid-chart.ts'
import { gridWords } from './grid-words.ts'
import styles from './Grid.module.css'

/** What is asked for, and how much of the grid that is. */
export function GridFilters(props: {
  readonly chart: GridChart
  readonly matched: readonly Matched[]
  readonly filter: Filter
  readonly onChange: (filter: Filter) => void
}) {
  const { chart, matched, filter, onChange } = props
  const own = useScreenWords(gridWords)
  const rooms = matched.reduce((sum, { count }) => sum + count, 0)
  const filtered = isFiltering(filter)
  return (
    <>
      <Filters counts={chart.counts} filter={filter} onChange={onChange} />
      <div class={styles.line}>
        <p role="status">
          {filtered ? own.matching(rooms, matched.length) : own.all(rooms, matched.length)}
        </p>
        {filtered && (
          <Button look="quiet" onClick={() => onChange(noFilter)}>
            {own.clear}
          </Button>
        )}
      </div>
    </>
  )
}
