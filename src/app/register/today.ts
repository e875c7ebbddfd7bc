/** The day's walk: who is due or overdue, by building in walking order. */
import { compareDoors, compareNatural } from '#domain/address.ts'
import type { Day } from '#domain/day.ts'
import { urgency } from '#domain/level.ts'
import { emptyDistribution, type Colours } from './colours.ts'
import type { Rec, Stop, Today } from './register.ts'

export interface TodaySource {
  households(): Iterable<Rec<'household'>>
  dwelling(id: string): Rec<'dwelling'> | undefined
  building(id: string): Rec<'building'> | undefined
  residents(household: string): readonly Rec<'resident'>[]
}

interface Placed {
  readonly stop: Stop
  readonly dwelling: Rec<'dwelling'>
}

export function planToday(
  source: TodaySource,
  colours: Colours,
  day: Day,
  grid: string | undefined,
): Today {
  const byColour = emptyDistribution()
  const byBuilding = new Map<string, Placed[]>()
  let overdue = 0
  let done = 0
  let due = 0
  for (const home of source.households()) {
    if ((grid !== undefined && home.stream !== grid) || home.fields.endedOn) continue
    const found = colours.due(home.id, day)
    if (!found) continue
    if (found.lastMet === day) {
      done += 1
      continue
    }
    if (found.on > day) continue
    const dwelling = source.dwelling(home.fields.dwelling)
    if (!dwelling) continue
    const members = source.residents(home.id)
    // Nobody lives there: there is no one to call on, whatever the calendar says.
    if (members.length === 0) continue
    due += 1
    byColour[found.colour] += 1
    if (found.overdue > 0) overdue += 1
    const { building } = dwelling.fields
    const stop: Stop = {
      ...found,
      building,
      dwelling: dwelling.id,
      resident: whoseCard(members, colours, day),
      others: Math.max(0, members.length - 1),
    }
    const group = byBuilding.get(building)
    if (group) group.push({ stop, dwelling })
    else byBuilding.set(building, [{ stop, dwelling }])
  }
  const groups = [...byBuilding]
    .sort(
      ([a], [b]) => compareBuildings(source.building(a), source.building(b)) || compareIds(a, b),
    )
    .map(([building, placed]) => ({
      building,
      stops: placed
        .sort(
          (a, b) =>
            compareDoors(a.dwelling.fields, b.dwelling.fields) ||
            compareIds(a.stop.household, b.stop.household),
        )
        .map(({ stop }) => stop),
    }))
  return { day, groups, byColour, overdue, done, total: done + due }
}

/** The member with the most urgent colour; among equals the one that stands first, the head. */
function whoseCard(members: readonly Rec<'resident'>[], colours: Colours, day: Day): string | null {
  let best: string | null = null
  let rank = Infinity
  for (const member of members) {
    const own = urgency(colours.ofResident(member.id, day).colour)
    if (own < rank) {
      best = member.id
      rank = own
    }
  }
  return best
}

/** Two lists of the same day are the same on every device, and two households of a room stand as they came. */
function compareIds(a: string, b: string): number {
  return a < b ? -1 : 1
}

/** By walking order, then by estate and number. */
export function compareBuildings(
  a: Rec<'building'> | undefined,
  b: Rec<'building'> | undefined,
): number {
  if (!a || !b) return a ? -1 : b ? 1 : 0
  return (
    (a.fields.order ?? last) - (b.fields.order ?? last) ||
    compareNatural(a.fields.estate, b.fields.estate) ||
    compareNatural(a.fields.name, b.fields.name)
  )
}

/** Buildings without a place in the walk come at its end. */
const last = 1_000_001
