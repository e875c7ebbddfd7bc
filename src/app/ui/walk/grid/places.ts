/** What of a grid's buildings is drawn on the map. */
import { boundsAround, rectangleAround, type Rectangle } from '#domain/bounds.ts'
import type { Position } from '#domain/position.ts'
import type { Mark } from '#app/ui/map/gather.ts'
import type { GridBuilding, Matched } from '#app/views/grid-chart.ts'

/** Metres of room around the outermost buildings. */
const around = 25

export interface Places {
  readonly points: readonly Position[]
  readonly outlines: readonly (readonly Position[])[]
  /** The line around all of them: nobody surveys where a grid ends, its buildings say it. */
  readonly bounds: readonly Position[]
  /** Null where none of them has a place. */
  readonly area: Rectangle | null
}

export function placesOf(buildings: readonly GridBuilding[]): Places {
  const points = buildings.flatMap(({ position }) => position ?? [])
  const outlines = buildings.flatMap(({ outline }) =>
    outline ? [outline.map(([longitude, latitude]) => ({ longitude, latitude }))] : [],
  )
  const bounds = boundsAround([...points, ...outlines.flat()], around)
  return { points, outlines, bounds, area: rectangleAround(points.length > 0 ? bounds : []) }
}

export function marksOf(matched: readonly Matched[]): readonly Mark[] {
  return matched.flatMap(({ building, colours }) => {
    const { id, name, position } = building
    return position ? [{ id, name, position, colours }] : []
  })
}
