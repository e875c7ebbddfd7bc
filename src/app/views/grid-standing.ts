/** How grids stand, from what the server told of places: where visits are late and what may be the reason; never who. */
import { daysBetween, type Day } from '#domain/day.ts'
import { isGrid } from '#domain/place.ts'
import type { Place } from '#domain/place-schema.ts'
import type { Overview, PlaceFigures } from '#protocol/overview.ts'

export const gridWhys = ['no-worker', 'not-synced', 'many-due', 'missed'] as const
export type GridWhy = (typeof gridWhys)[number]

export interface GridStanding {
  readonly id: string
  readonly figures: PlaceFigures
  /** The place above it. */
  readonly above: string | null
  readonly isBehind: boolean
  readonly whys: readonly GridWhy[]
}

export const silentAfterDays = 3
/** Of its households so many percent are late. */
const behindPercent = 5
/** Of its households so many percent are to be met within a week, and not only a handful. */
const manyDuePercent = 25
const manyDue = 20
/** So many visits in seven days met nobody. */
const manyMissed = 5

/** Per cent of a whole, rounded; null where one of them is not told, or there is nothing. */
export function shareOf(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole === 0 ? null : Math.round((part / whole) * 100)
}

/**
 * The places where buildings stand and somebody is registered, in the order of the tree; one in which nobody is has
 * nothing to be late with. `placeOf`: null where this device does not know the place.
 */
export function gridStandings(
  told: Overview,
  placeOf: (id: string) => Place | null,
  today: Day,
): GridStanding[] {
  const byParent = new Map<string | null, PlaceFigures[]>()
  for (const figures of told.places) {
    const list = byParent.get(figures.parent)
    if (list) list.push(figures)
    else byParent.set(figures.parent, [figures])
  }
  const order = ({ id }: PlaceFigures) => placeOf(id)?.order ?? Infinity
  const below = (parent: string | null) =>
    [...(byParent.get(parent) ?? [])].sort((a, b) => order(a) - order(b))
  const seesDevices = typeof told.silentDevices === 'number'
  const standing = (figures: PlaceFigures, parts: readonly PlaceFigures[]): GridStanding => {
    const whys = whysOf([figures, ...parts], figures, seesDevices, today)
    const { overdue, total } = figures.calls
    const isBehind = (overdue ?? 0) > 0 && (shareOf(overdue, total) ?? 0) >= behindPercent
    return { id: figures.id, figures, above: figures.parent, isBehind, whys }
  }
  const walk = (parent: string | null): GridStanding[] =>
    below(parent).flatMap((figures) => {
      const place = placeOf(figures.id)
      if (place?.closed) return []
      const parts = below(figures.id)
      // A grid with its micro-grids is one: whoever walks a part of it walks it.
      if (parts.length > 0 && !(place && isGrid(place.placeKind))) return walk(figures.id)
      return isEmpty(figures) ? [] : [standing(figures, parts)]
    })
  return walk(null)
}

function isEmpty({ residents, dwellings }: PlaceFigures): boolean {
  return residents.total === 0 && dwellings.total === 0
}

function whysOf(
  parts: readonly PlaceFigures[],
  { calls, visits }: PlaceFigures,
  seesDevices: boolean,
  today: Day,
): GridWhy[] {
  const isWalked = parts.some(({ walked }) => walked !== false)
  const last =
    parts
      .map(({ syncedOn }) => syncedOn ?? '')
      .sort()
      .at(-1) ?? ''
  const isSilent = last === '' || daysBetween(last, today) >= silentAfterDays
  const soon = (calls.overdue ?? 0) + (calls.today ?? 0) + (calls.week ?? 0)
  const whys: Readonly<Record<GridWhy, boolean>> = {
    'no-worker': !isWalked,
    'not-synced': isWalked && seesDevices && isSilent,
    'many-due': soon >= manyDue && (shareOf(soon, calls.total) ?? 0) >= manyDuePercent,
    missed: (visits?.missed ?? 0) >= manyMissed,
  }
  return gridWhys.filter((why) => whys[why])
}
