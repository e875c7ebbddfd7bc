import { isFiltering, type Filter } from '#app/views/building-chart.ts'
import { FilterLine, FilterStrip } from '#app/ui/walk/building/Filters.tsx'
import type { GridChart, Matched } from '#app/views/grid-chart.ts'
import { useGridWords } from './grid-words.ts'

/** What is asked for, and how much of the grid that is. */
export function GridFilters(props: {
  readonly chart: GridChart
  readonly matched: readonly Matched[]
  readonly filter: Filter
  readonly onChange: (filter: Filter) => void
}) {
  const { chart, matched, filter, onChange } = props
  const own = useGridWords()
  const rooms = matched.reduce((sum, { count }) => sum + count, 0)
  const text = isFiltering(filter)
    ? own.matching(rooms, matched.length)
    : own.all(rooms, matched.length)
  return (
    <>
      <FilterStrip counts={chart.counts} filter={filter} onChange={onChange} />
      <FilterLine filter={filter} text={text} onChange={onChange} />
    </>
  )
}
