/** How an office's day goes: counted from what this device holds, and of grids that it does not hold as the server told it last. */
import { colourKeys, type ColourKey } from '#domain/level.ts'
import type { Day } from '#domain/day.ts'
import type { Overview, PlaceFigures } from '#protocol/overview.ts'
import type { Register } from '#app/register/register.ts'
import { shareOf, type GridStanding } from './grid-standing.ts'
import { isHeldHere, isPartHere } from './held-here.ts'

/** Which grids a list of them is of. */
export const gridFilters = ['behind', 'no-worker', 'not-synced'] as const
export type GridFilter = (typeof gridFilters)[number]

export function isIn(filter: GridFilter | null, { isBehind, whys }: GridStanding): boolean {
  if (filter === null) return true
  return filter === 'behind' ? isBehind : whys.includes(filter)
}

export interface DeskDay {
  /** Households that are late; null where neither this device nor the server says. */
  readonly overdue: number | null
  /** Per cent of all households; null where the server did not tell how many there are. */
  readonly share: number | null
  /** Met today, and all that were planned for today or met today; null where nobody says. */
  readonly visits: { readonly done: number; readonly total: number } | null
  /** Grids whose visits are late, those that nobody walks, and devices that are silent; null where it was not told. */
  readonly behind: number | null
  readonly unwalked: number | null
  readonly silent: number | null
  /** No grid has a worker yet. */
  readonly isUnstaffed: boolean
  /** Residents by colour, as the server told them. */
  readonly residents: {
    readonly total: number | null
    readonly colours: Readonly<Record<ColourKey, number | null>>
  } | null
}

export function deskDay(
  register: Register,
  day: Day,
  told: Overview | null,
  grids: readonly GridStanding[] | null,
): DeskDay {
  const roots = told?.places.filter(({ parent }) => parent === null) ?? []
  const sum = (pick: (place: PlaceFigures) => number | null) => sumOf(roots.map(pick))
  const plan = holdsHouseholds(register) ? register.today(day) : null
  const isPart = isPartHere(register)
  const here = plan && {
    overdue: plan.overdue + plan.later.overdue,
    ...{ done: plan.done, total: plan.total },
  }
  const away = isPart && told ? sumAway(register, told) : null
  const counted = isPart ? here && away && added(here, away) : here
  // A part of the grids alone would pass for all of them.
  const visits = counted ?? visitsOf(sum)
  const overdue = counted ? counted.overdue : sum(({ calls }) => calls.overdue)
  const isOf = (filter: GridFilter) => grids && grids.filter((one) => isIn(filter, one)).length
  const unwalked = isOf('no-worker')
  return {
    overdue,
    share: shareOf(overdue, told && sum(({ calls }) => calls.total)),
    visits: visits && { done: visits.done, total: visits.total },
    behind: isOf('behind'),
    unwalked,
    silent: told?.silentDevices ?? null,
    isUnstaffed: grids !== null && grids.length > 0 && unwalked === grids.length,
    residents:
      roots.length === 0
        ? null
        : {
            total: sum(({ residents }) => residents.total),
            colours: Object.fromEntries(
              colourKeys.map((key) => [key, sum(({ residents }) => residents.colours[key])]),
            ) as Record<ColourKey, number | null>,
          },
  }
}

interface Counted {
  readonly overdue: number
  readonly done: number
  readonly total: number
}

function added(a: Counted, b: Counted): Counted {
  return { overdue: a.overdue + b.overdue, done: a.done + b.done, total: a.total + b.total }
}

/** Of the places whose people are not here. Each place is told with all below it; null where one does not tell. */
function sumAway(register: Register, told: Overview): Counted | null {
  const away = new Set(told.places.map(({ id }) => id).filter((id) => !isHeldHere(register, id)))
  const ownSum = (pick: (place: PlaceFigures) => number | null) => {
    const all = told.places.map((place) => ({ ...place, n: pick(place) }))
    if (all.some(({ n }) => n === null)) return null
    // What a place has of its own is what it is told with, without what those below it are told with.
    return all.reduce((sum, { id, parent, n }) => {
      const isHere = !away.has(id)
      const isAboveAway = parent !== null && away.has(parent)
      return sum + (isHere ? 0 : (n ?? 0)) - (isAboveAway ? (n ?? 0) : 0)
    }, 0)
  }
  const overdue = ownSum(({ calls }) => calls.overdue)
  const left = ownSum(({ calls }) => calls.today)
  const done = ownSum(({ visits }) => visits?.today ?? 0)
  return overdue === null || left === null || done === null
    ? null
    : { overdue, done, total: done + left }
}

function visitsOf(sum: (pick: (place: PlaceFigures) => number | null) => number | null) {
  const left = sum(({ calls }) => calls.today)
  if (left === null) return null
  const done = sum(({ visits }) => visits?.today ?? 0) ?? 0
  return { done, total: done + left }
}

/** Null of nothing, and where one of them is not told. */
function sumOf(numbers: readonly (number | null)[]): number | null {
  return numbers.length === 0
    ? null
    : numbers.reduce((all, n) => (all === null || n === null ? null : all + n), 0)
}

function holdsHouseholds(register: Register): boolean {
  for (const _ of register.all('household')) return true
  return false
}
