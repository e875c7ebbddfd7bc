import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { createShelf, useKept } from '#app/ui/use-kept.ts'
import { noFilter, type Filter } from '#app/views/building-chart.ts'
import { isHeldHere } from '#app/views/held-here.ts'
import { gridChartOf, type GridChart } from '#app/views/grid-chart.ts'

/** How somebody looks at a grid: the same for its list and its map. */
export interface GridView {
  readonly filter: Filter
  /** Where the map was left; null before anybody moved it. */
  readonly camera: Camera | null
}

export interface Camera {
  readonly center: readonly [longitude: number, latitude: number]
  readonly zoom: number
}

const views = createShelf<GridView>()
const untouched: GridView = { filter: noFilter, camera: null }
const nothing: GridChart = {
  buildings: [],
  counts: {
    total: 0,
    colours: { red: 0, orange: 0, yellow: 0, blue: 0, green: 0, grey: 0 },
    rules: [],
    residences: { floating: 0, apart: 0, settled: 0 },
    overdue: 0,
  },
}

/** The grid that somebody chose, its buildings, and how they look at it. */
export function useGrid() {
  const app = useParts('register', 'preferences', 'today')
  const day = useStore(app.today, (store) => store.day)
  const grids = useRegister(app, (register) => register.grids())
  const chosen = useStore(app.preferences, (preferences) => preferences.grid)
  const grid = useRegister(
    app,
    (register): Rec<'place'> | undefined =>
      grids.find(({ id }) => id === chosen) ??
      // Until somebody chooses: an office's first grids may have nothing built in them yet.
      grids.find(({ id }) => register.buildings(id).length > 0) ??
      grids[0],
    [grids, chosen],
  )
  const id = grid?.id
  const chart = useRegister(
    app,
    (register) => (id === undefined ? nothing : gridChartOf(register, id, day)),
    [id, day],
  )
  const isHere = useRegister(app, (register) => id === undefined || isHeldHere(register, id), [id])
  const [view, change] = useKept(views, id ?? '', untouched)
  return { grid, grids, chart, view, change, isHere }
}
