import { useMemo } from 'preact/hooks'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { later } from '#app/ui/later.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useScreenWords, useWords } from '#app/ui/words/use-words.ts'
import { BuildingList } from './BuildingList.tsx'
import { matchedIn } from '#app/views/grid-chart.ts'
import { FilterButton } from '#app/ui/walk/building/Filters.tsx'
import { GridFilters } from './GridFilters.tsx'
import { GridHead } from './GridHead.tsx'
import { gridWords } from './grid-words.ts'
import styles from './Grid.module.css'
import { marksOf, placesOf } from './places.ts'
import { useGrid } from './use-grid.ts'

/** MapLibre is larger than all the rest: it comes with the first map. */
const MapView = later(() => import('#app/ui/map/MapView.tsx').then((m) => m.MapView))

/** The grid on a map, and beside it the same buildings as a list. */
export function GridMap() {
  const words = useWords()
  const { grid, grids, chart, view, change } = useGrid()
  const own = useScreenWords(gridWords)
  const { filter } = view
  const matched = useMemo(() => matchedIn(chart, filter), [chart, filter])
  const placed = useMemo(() => placesOf(chart.buildings), [chart])
  const marks = useMemo(() => marksOf(matched), [matched])
  const missing = chart.buildings.length - placed.points.length
  return (
    <Page
      title={grid?.fields.name ?? words.places.grid}
      under={
        grid && (
          <GridHead grid={grid} grids={grids} at="map">
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
      {grid && chart.buildings.length > 0 ? (
        <>
          <GridFilters
            chart={chart}
            matched={matched}
            filter={filter}
            onChange={(next) => change({ filter: next })}
          />
          <div class={styles.sides}>
            {placed.area ? (
              <MapView
                key={grid.id}
                label={own.mapOf(grid.fields.name)}
                marks={marks}
                points={placed.points}
                outlines={placed.outlines}
                bounds={placed.bounds}
                area={placed.area}
                camera={view.camera}
                onCamera={(camera) => change({ camera })}
              />
            ) : (
              <Empty title={own.noPlacesTitle} icon="grid">
                <p>{own.noPlacesHint}</p>
              </Empty>
            )}
            <section class={styles.beside} aria-label={own.buildingsHere}>
              {placed.area && missing > 0 && <Notice>{own.someWithoutPlace(missing)}</Notice>}
              <BuildingList key={grid.id} matched={matched} besideMap />
            </section>
          </div>
        </>
      ) : (
        <Empty title={words.places.emptyGridTitle} icon="grid">
          <p>{words.places.emptyGridHint}</p>
        </Empty>
      )}
    </Page>
  )
}
