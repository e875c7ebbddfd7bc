/** The list of today as data: which stops a filter leaves, and how many of them are drawn. */
import type { ColourKey } from '#domain/level.ts'
import type { Stop, Today, Walk } from '#app/register/register.ts'

export type { Stop, Today, Walk } from '#app/register/register.ts'

/** A set: just these households. */
export type StopFilter = ColourKey | 'all' | 'overdue' | ReadonlySet<string>

export function filterWalk(walk: Walk, filter: StopFilter): Walk {
  if (filter === 'all') return walk
  const isWanted = (stop: Stop) =>
    typeof filter === 'object'
      ? filter.has(stop.household)
      : filter === 'overdue'
        ? stop.overdue > 0
        : stop.colour === filter
  return walk
    .map((group) => ({ ...group, stops: group.stops.filter(isWanted) }))
    .filter(({ stops }) => stops.length > 0)
}

/** How many of the next days a filter leaves. `wanted`: those that it leaves; asked for where the plan has no count of it. */
export function laterUnder(
  later: Today['later'],
  wanted: Walk,
  filter: StopFilter,
): { readonly count: number; readonly overdue: number } {
  if (filter === 'all') return later
  if (filter === 'overdue') return { count: later.overdue, overdue: later.overdue }
  const late = (stops: readonly Stop[]) => stops.filter(({ overdue }) => overdue > 0).length
  return {
    count: countStops(wanted),
    overdue: wanted.reduce((sum, { stops }) => sum + late(stops), 0),
  }
}

export function countStops(walk: Walk): number {
  return walk.reduce((sum, { stops }) => sum + stops.length, 0)
}

/** The first so many stops, with their buildings. */
export function firstStops(walk: Walk, limit: number): Walk {
  let left = limit
  return walk.flatMap((group) => {
    const stops = group.stops.slice(0, Math.max(0, left))
    left -= group.stops.length
    return stops.length > 0 ? [{ ...group, stops }] : []
  })
}
