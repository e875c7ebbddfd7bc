/** The figures of a place as this device's own register has them, counted household by household, between frames. */
import { addDays, type Day } from '#domain/day.ts'
import type { ColourKey } from '#domain/level.ts'
import { isFloating, livesApartFromHukou } from '#domain/residence.ts'
import { emptyDistribution } from '#app/register/colours.ts'
import type { Register } from '#app/register/register.ts'

export interface DeviceFigures {
  readonly grids: number
  readonly residents: { readonly total: number; readonly colours: Record<ColourKey, number> }
  readonly residence: {
    readonly floating: number
    readonly apart: number
    readonly settled: number
  }
  readonly dwellings: { readonly total: number; readonly colours: Record<ColourKey, number> }
  readonly calls: Record<'total' | 'overdue' | 'today' | 'week' | 'later', number>
}

/** So many at once: a few milliseconds on a slow phone. */
const atOnce = 60

/** Null where it was stopped, or where none of the place's grids is on this device. */
export async function countOnDevice(
  register: Register,
  place: string,
  day: Day,
  rest: () => Promise<void>,
  signal: { readonly aborted: boolean },
): Promise<DeviceFigures | null> {
  const grids = new Set(
    register
      .grids()
      .filter(({ id }) => register.pathOf(id).some((above) => above.id === place))
      .map(({ id }) => id),
  )
  if (grids.size === 0) return null
  const [residents, dwellings] = [emptyDistribution(), emptyDistribution()]
  const residence = { floating: 0, apart: 0, settled: 0 }
  const calls = { total: 0, overdue: 0, today: 0, week: 0, later: 0 }
  const soon = addDays(day, 6)
  let done = 0
  const pause = async () => {
    done += 1
    if (done % atOnce === 0) await rest()
  }
  for (const household of [...register.all('household')]) {
    if (!grids.has(household.stream)) continue
    await pause()
    if (signal.aborted) return null
    const members = register.residents(household.id)
    for (const { id, fields } of members) {
      residents[register.colourOfResident(id, day).colour] += 1
      if (isFloating(fields)) residence.floating += 1
      else if (livesApartFromHukou(fields)) residence.apart += 1
      else residence.settled += 1
    }
    const due = register.due(household.id, day)
    if (members.length === 0 || household.fields.endedOn || !due) continue
    calls.total += 1
    if (due.on < day) calls.overdue += 1
    else if (due.on === day) calls.today += 1
    else if (due.on <= soon) calls.week += 1
    else calls.later += 1
  }
  for (const dwelling of [...register.all('dwelling')]) {
    if (!grids.has(dwelling.stream)) continue
    await pause()
    if (signal.aborted) return null
    dwellings[register.colourOfDwelling(dwelling.id, day).colour] += 1
  }
  return {
    grids: grids.size,
    residents: { total: sum(residents), colours: residents },
    residence,
    dwellings: { total: sum(dwellings), colours: dwellings },
    calls,
  }
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((all, n) => all + n, 0)
}
