/** How an office's day goes: counted from what this device holds, else as the server told it last. */
import { colourKeys, type ColourKey } from '#domain/level.ts'
import type { Day } from '#domain/day.ts'
import type { Overview, PlaceFigures } from '#protocol/overview.ts'
import type { Register } from '#app/register/register.ts'
import { shareOf, type GridStanding } from './grid-standing.ts'

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
  const overdue = plan ? plan.overdue + plan.later.overdue : sum(({ calls }) => calls.overdue)
  const isOf = (filter: GridFilter) => grids && grids.filter((one) => isIn(filter, one)).length
  const unwalked = isOf('no-worker')
  return {
    overdue,
    share: shareOf(overdue, told && sum(({ calls }) => calls.total)),
    visits: plan ? { done: plan.done, total: plan.total } : visitsOf(sum),
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
