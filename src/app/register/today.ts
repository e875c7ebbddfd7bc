/** The day's walk: whom the plan of the day wants met today, by building in walking order, and who can wait. */
import { compareDoors, compareInWalk } from '#domain/address.ts'
import { horizonEnd, planDay, type Call, type PlannedCall } from '#domain/day-plan.ts'
import { addDays, type Day } from '#domain/day.ts'
import { urgency } from '#domain/level.ts'
import { createWorkingCalendar, type WorkingCalendar } from '#domain/working-days.ts'
import type { Scheme } from '#domain/scheme.ts'
import { emptyDistribution, type Colours, type HouseholdColours } from './colours.ts'
import type { DeclaredDoor, Rec, Stop, Today, Walk } from './register.ts'

export interface TodaySource {
  all(): Iterable<Rec<'household'>>
  dwelling(id: string): Rec<'dwelling'> | undefined
  building(id: string): Rec<'building'> | undefined
  declared(calendar: WorkingCalendar, day: Day): Iterable<DeclaredDoor>
}

/** What is planned for a week ahead can be visited now; what lies further away would only hide it. */
const laterDays = 7

/** Households between two looks at the clock. */
const handful = 64

/** A way to a door: to call on a household, or to look at what somebody said of the door. */
interface Way extends Call {
  place: number
  readonly dwelling: Rec<'dwelling'>
}

interface Door extends Way {
  readonly home: Rec<'household'>
  readonly known: HouseholdColours
}

export interface Planned {
  readonly today: Today
  later(): Walk
}

/** In one go, for whoever waits for it. */
export function planToday(...of: Parameters<typeof planSteps>): Planned {
  const steps = planSteps(...of)
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value
}

/** The same in steps of less than a millisecond or two each, so that whoever makes it can let the screen have its turn. */
export function* planSteps(
  source: TodaySource,
  { scheme, colours }: { readonly scheme: Scheme; readonly colours: Colours },
  day: Day,
  grid: string | undefined,
): Generator<void, Planned> {
  const calendar = createWorkingCalendar(scheme)
  const end = horizonEnd(calendar, day)
  const doors: Door[] = []
  const met = new Set<string>()
  let looked = 0
  for (const home of source.all()) {
    looked += 1
    if (looked % handful === 0) yield
    if ((grid !== undefined && home.stream !== grid) || home.fields.endedOn) continue
    const known = colours.household(home.id, day)
    if (!known) continue
    const { morning } = known
    const isMet = known.due.lastMet === day
    if (isMet) met.add(home.id)
    // Nobody lives there: there is no one to call on, whatever the calendar says.
    if (morning.on > end || morning.people === 0) continue
    const dwelling = source.dwelling(home.fields.dwelling)
    if (!dwelling) continue
    const { building } = dwelling.fields
    const { colour, on, isEvent } = morning
    const household = home.id
    doors.push({ household, building, place: 0, colour, on, isEvent, isMet, home, dwelling, known })
  }
  yield
  const ways: Way[] = [...doors]
  const declared = new Map([...source.declared(calendar, day)].map((one) => [one.dwelling, one]))
  // Whoever calls on the household in time stands before that door anyway.
  for (const { dwelling, on, isMet } of declared.size > 0 ? doors : []) {
    const said = declared.get(dwelling.id)
    if (said && (said.isDone ? isMet : !isMet && on <= said.on)) declared.delete(dwelling.id)
  }
  for (const { stream, dwelling: household, on, isDone: isMet } of declared.values()) {
    const dwelling = source.dwelling(household)
    if (!dwelling || on > end || (grid !== undefined && stream !== grid)) continue
    const { building } = dwelling.fields
    // As urgent as a tenant who was not registered in time.
    ways.push({
      household,
      building,
      place: 0,
      colour: 'orange',
      on,
      isEvent: false,
      isMet,
      dwelling,
    })
  }
  const ranks = rankBuildings(source, ways)
  yield
  for (const way of ways) way.place = placeOf(way.dwelling, ranks.get(way.building) ?? 0)
  yield
  const { workday, today: planned, later: after } = planDay(ways, calendar, day)
  const onList = planned.filter(isOfHousehold)
  yield

  const toStop = ({ call, day: planned, because }: PlannedCall<Door>): Stop => {
    const { due, residents } = call.known
    return {
      ...due,
      building: call.building,
      dwelling: call.dwelling.id,
      resident: whoseCard(residents),
      others: residents.size - 1,
      planned,
      because: because !== 'event' && call.known.morning.isCare ? 'care' : because,
      lifeEvent: because === 'event' ? (call.home.fields.lifeEvent ?? 'other') : null,
    }
  }
  const walk = (planned: readonly PlannedCall<Door>[]): Walk => {
    const byBuilding = new Map<string, PlannedCall<Door>[]>()
    for (const one of planned) {
      const group = byBuilding.get(one.call.building)
      if (group) group.push(one)
      else byBuilding.set(one.call.building, [one])
    }
    return [...byBuilding]
      .sort(([a], [b]) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0))
      .map(([building, group]) => ({
        building,
        stops: group.sort(byDoor).map(toStop),
      }))
  }

  const byColour = emptyDistribution()
  let overdue = 0
  for (const { call } of onList) {
    const { due } = call.known
    byColour[due.colour] += 1
    if (due.overdue > 0) overdue += 1
  }
  const soon = addDays(day, laterDays)
  const isLate = ({ call }: PlannedCall<Door>) => call.known.due.overdue > 0
  const later = after.filter(isOfHousehold).filter((one) => one.day <= soon || isLate(one))
  const late = later.filter(isLate)
  const today: Today = {
    day,
    workday,
    groups: walk(onList),
    byColour,
    overdue,
    done: met.size,
    met,
    total: met.size + onList.length,
    declared: planned.length - onList.length,
    later: { count: later.length, overdue: late.length },
  }
  let walked: Walk | null = null
  return {
    today,
    // Made only where somebody looks: for an office it is thousands.
    later: () => (walked ??= [...walk(late), ...walk(later.filter((one) => !isLate(one)))]),
  }
}

function isOfHousehold(planned: PlannedCall<Way>): planned is PlannedCall<Door> {
  return 'known' in planned.call
}

function rankBuildings(
  source: TodaySource,
  doors: readonly { readonly building: string }[],
): ReadonlyMap<string, number> {
  const ids = [...new Set(doors.map((door) => door.building))]
  ids.sort((a, b) => compareBuildings(source.building(a), source.building(b)) || compareIds(a, b))
  return new Map(ids.map((id, rank) => [id, rank]))
}

/** Of building, unit and floor: near enough to tell who lies nearer; the walk itself compares doors. */
function placeOf(dwelling: Rec<'dwelling'>, building: number): number {
  const { unit, floor } = dwelling.fields
  return (building * 10_000 + (Number.parseInt(unit ?? '', 10) || 0)) * 1_000 + floor + 10
}

function byDoor(a: PlannedCall<Door>, b: PlannedCall<Door>): number {
  return (
    compareDoors(a.call.dwelling.fields, b.call.dwelling.fields) ||
    compareIds(a.call.household, b.call.household)
  )
}

/** The member with the most urgent colour; among equals the one that stands first, the head. */
function whoseCard(residents: HouseholdColours['residents']): string | null {
  let best: string | null = null
  let rank = Infinity
  for (const [id, { colour }] of residents) {
    const own = urgency(colour)
    if (own < rank) {
      best = id
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
  return compareInWalk(a.fields, b.fields)
}
