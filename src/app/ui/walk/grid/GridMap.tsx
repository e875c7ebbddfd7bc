import { useMemo } from 'preact/hooks'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { later } from '#app/ui/later.tsx'
import type { Matched } from '#app/views/grid-chart.ts'
import { BuildingList } from './BuildingList.tsx'
import { GridPage } from './GridPage.tsx'
import { useGridWords } from './grid-words.ts'
import styles from './Grid.module.css'
import { marksOf, placesOf } from './places.ts'
import { useGrid } from './use-grid.ts'

/** MapLibre is larger than all the rest: it comes with the first map. */
const MapView = later(() => import('#app/ui/map/MapView.tsx').then((m) => m.MapView))

/** The grid on a map, and beside it the same buildings as a list. */
export function GridMap() {
  const state = useGrid()
  return (
    <GridPage at="map" state={state}>
      {(matched) => <MapAndList state={state} matched={matched} />}
    </GridPage>
  )
}

function MapAndList(props: {
  readonly state: ReturnType<typeof useGrid>
  readonly matched: readonly Matched[]
}) {
  const own = useGridWords()
  const { matched } = props
  const { grid, chart, view, change } = props.state
  const placed = useMemo(() => placesOf(chart.buildings), [chart])
  const marks = useMemo(() => marksOf(matched), [matched])
  const missing = chart.buildings.length - placed.points.length
  if (!grid) return null
  return (
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
  )
}
