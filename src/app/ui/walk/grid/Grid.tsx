import { useMemo } from 'preact/hooks'
import { Empty } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { BuildingList } from './BuildingList.tsx'
import { matchedIn } from '#app/views/grid-chart.ts'
import { FilterButton } from '#app/ui/walk/building/Filters.tsx'
import { GridFilters } from './GridFilters.tsx'
import { GridHead } from './GridHead.tsx'
import { useGrid } from './use-grid.ts'

/** The buildings of a grid with the colours of their rooms, estate by estate in walking order. */
export function Grid() {
  const words = useWords()
  const { grid, grids, chart, view, change } = useGrid()
  const { filter } = view
  const matched = useMemo(() => matchedIn(chart, filter), [chart, filter])
  return (
    <Page
      title={grid?.fields.name ?? words.places.grid}
      under={
        grid && (
          <GridHead grid={grid} grids={grids} at="list">
            {chart.buildings.length > 0 && (
              <FilterButton
                counts={chart.counts}
                filter={filter}
                onChange={(next) => change({ filter: next })}
              />
            )}
          </GridHead>
        )
      }
    >
      {chart.buildings.length > 0 ? (
        <>
          <GridFilters
            chart={chart}
            matched={matched}
            filter={filter}
            onChange={(next) => change({ filter: next })}
          />
          <BuildingList key={grid?.id} matched={matched} />
        </>
      ) : (
        <Empty title={words.places.emptyGridTitle} icon="grid">
          <p>{words.places.emptyGridHint}</p>
        </Empty>
      )}
    </Page>
  )
}
