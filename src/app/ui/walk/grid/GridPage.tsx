import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { Empty } from '#app/ui/kit/Notice.tsx'
import { OpenPlace } from '#app/ui/pieces/held/OpenPlace.tsx'
import { Page } from '#app/ui/Page.tsx'
import { FilterButton } from '#app/ui/walk/building/Filters.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { matchedIn, type Matched } from '#app/views/grid-chart.ts'
import { GridFilters } from './GridFilters.tsx'
import { GridHead } from './GridHead.tsx'
import type { useGrid } from './use-grid.ts'

/** What a grid's list and its map have around them: which grid, what is asked for, and how much of it that is. */
export function GridPage(props: {
  readonly at: 'list' | 'map'
  readonly state: ReturnType<typeof useGrid>
  readonly children: (matched: readonly Matched[]) => ComponentChildren
}) {
  const words = useWords()
  const { grid, grids, chart, view, change, isHere } = props.state
  const { filter } = view
  const matched = useMemo(() => matchedIn(chart, filter), [chart, filter])
  const onChange = (next: typeof filter) => change({ filter: next })
  return (
    <Page
      title={grid?.fields.name ?? words.places.grid}
      under={
        grid && (
          <GridHead grid={grid} grids={grids} at={props.at}>
            {chart.buildings.length > 0 && (
              <FilterButton counts={chart.counts} filter={filter} onChange={onChange} />
            )}
          </GridHead>
        )
      }
    >
      {chart.buildings.length > 0 ? (
        <>
          <GridFilters {...{ chart, matched, filter, onChange }} />
          {props.children(matched)}
        </>
      ) : grid && !isHere ? (
        <OpenPlace place={grid.id} name={grid.fields.name} />
      ) : (
        <Empty title={words.places.emptyGridTitle} icon="grid">
          <p>{words.places.emptyGridHint}</p>
        </Empty>
      )}
    </Page>
  )
}
