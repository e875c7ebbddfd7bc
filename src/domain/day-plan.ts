/**
 * The plan of the day: what is due is spread over the working days before its date, so that no day is hopeless. It is
 * a pure function of the calls, the calendar and the day: the same on every device, and the same after each reload.
 */
import { addDays, daysBetween, type Day } from './day.ts'
import { urgency, type ColourKey } from './level.ts'
import type { WorkingCalendar } from './working-days.ts'

/** Working days that are looked ahead, today among them where it is one. */
export const horizonDays = 15

/** One household to call on, as things stood this morning: a call made today changes none of it but `isMet`. */
export interface Call {
  readonly household: string
  readonly building: string
  /** Where its door stands in the walk; equal places are told apart by the household. */
  readonly place: number
  readonly colour: ColourKey
  /** The last day on which a call is in time. */
  readonly on: Day
  /** Due so soon because of a life event. */
  readonly isEvent: boolean
  /** Somebody was met there today. */
  readonly isMet: boolean
}

/**
 * Why a household is on the list: a life event, care that somebody has to look at (said by whoever draws it), overdue, due today, the last working day before it is due
 * (`before-rest`), on the way between neighbours (`neighbour`), or since later days are full (`ahead`).
 */
export type Because = 'event' | 'care' | 'overdue' | 'due' | 'before-rest' | 'neighbour' | 'ahead'

export interface PlannedCall<C extends Call = Call> {
  readonly call: C
  /** The day on which it stands in the plan. */
  readonly day: Day
  readonly because: Because
}

export interface DayPlan<C extends Call = Call> {
  /** The first working day from today on; today itself on a working day. */
  readonly workday: Day
  /** The least number of calls a working day with which each deadline is kept. */
  readonly load: number
  /** Left to do today, the most urgent first. On a day of rest only what cannot wait. */
  readonly today: readonly PlannedCall<C>[]
  /** Of the days after it within the horizon, day by day. */
  readonly later: readonly PlannedCall<C>[]
}

/** An overdue call gets so many working days, today the first: a backlog must not make a hopeless day. */
const overdueWithin: Readonly<Record<ColourKey, number>> = {
  red: 1,
  orange: 2,
  yellow: 3,
  blue: 5,
  green: 5,
  grey: 5,
}

interface Ranked<C extends Call> {
  readonly call: C
  /** Place of the deadline among the working days of the horizon, from 0. */
  readonly deadline: number
  readonly isUrgent: boolean
  /** Equal ranks may change places. */
  readonly rank: number
  /** Why it stands where it stands, where neighbours decided it. */
  isNeighbour: boolean
}

/** `calls` in any order; those whose deadline lies beyond the horizon are in no part of the plan. */
export function planDay<C extends Call>(
  calls: Iterable<C>,
  calendar: WorkingCalendar,
  today: Day,
): DayPlan<C> {
  const { days, indexOf, last } = horizon(calendar, today)
  const workday = days[0] ?? today
  const isRest = workday !== today
  const byRank = new Map<number, Ranked<C>[]>()
  for (const call of calls) {
    if (call.on > last) continue
    const overdue = call.on < today ? daysBetween(call.on, today) : 0
    const isUrgent = call.isEvent || call.colour === 'red'
    const within = overdue > 0 && !isUrgent ? overdueWithin[call.colour] : 1
    const deadline = overdue > 0 ? within - 1 : (indexOf.get(call.on) ?? 0)
    // Deadline, then urgency, then the longest overdue; a life event before others of its colour.
    const level = urgency(call.colour) * 2 + (call.isEvent ? 0 : 1)
    const rank = (deadline * 16 + level) * 10_000 + 9_999 - Math.min(overdue, 9_999)
    const equals = byRank.get(rank) ?? []
    byRank.set(rank, equals)
    equals.push({ call, deadline, isUrgent, rank, isNeighbour: false })
  }
  // An office has thousands of calls and some hundred ranks: few numbers are sorted, and short lists.
  const ranked = [...byRank].sort(([a], [b]) => a - b).flatMap(([, equals]) => equals.sort(byPlace))

  // What cannot wait is done on the day of rest itself, and burdens no working day.
  const mustBeToday = (one: Ranked<C>) => isRest && cannotWait(one, calendar, today)
  const onWorkdays = ranked.filter((one) => !mustBeToday(one))
  const load = leastEvenLoad(onWorkdays)
  const byDay = fill(onWorkdays, load)

  const quota = isRest ? ranked.filter(mustBeToday) : (byDay.shift() ?? [])
  const { stay, moved } = leave(quota, isRest ? quota : ranked)
  const planned = (one: Ranked<C>, day: Day): PlannedCall<C> => ({
    call: one.call,
    day,
    because: becauseOf(one, today, workday),
  })
  const next = isRest ? 0 : 1
  const later = byDay.flatMap((list, index) =>
    list.filter((one) => !one.call.isMet).map((one) => planned(one, days[index + next] ?? last)),
  )
  return {
    workday,
    load,
    today: stay.map((one) => planned(one, today)),
    later: [...moved.map((one) => planned(one, days[next] ?? last)), ...later],
  }
}

function byPlace(a: Ranked<Call>, b: Ranked<Call>): number {
  return a.call.place - b.call.place || (a.call.household < b.call.household ? -1 : 1)
}

/** The last day on which a call may be due that has a place in the plan. */
export function horizonEnd(calendar: WorkingCalendar, today: Day): Day {
  return horizon(calendar, today).last
}

/** The working days from today on, and for each calendar day the last of them that is not after it. */
function horizon(calendar: WorkingCalendar, today: Day) {
  const days: Day[] = []
  const indexOf = new Map<Day, number>()
  let last = today
  // Bounded, as `addWorkingDays` is: a scheme of nothing but holidays must not hang a phone.
  for (let step = 0; step < 400; step += 1) {
    const at = addDays(today, step)
    if (calendar.isWorkingDay(at)) {
      if (days.length === horizonDays) break
      days.push(at)
    }
    indexOf.set(at, Math.max(0, days.length - 1))
    last = at
  }
  return { days, indexOf, last }
}

/** Urgent, and no working day is left before its date. */
function cannotWait(one: Ranked<Call>, calendar: WorkingCalendar, today: Day): boolean {
  if (!one.isUrgent) return false
  for (let at = today; at <= one.call.on; at = addDays(at, 1)) {
    if (calendar.isWorkingDay(at)) return false
  }
  return true
}

/** `sorted` by deadline. The least L for which at most k × L calls have to be done within the first k days. */
function leastEvenLoad(sorted: readonly Ranked<Call>[]): number {
  return sorted.reduce(
    (load, one, index) => Math.max(load, Math.ceil((index + 1) / (one.deadline + 1))),
    0,
  )
}

/**
 * Each day takes the next `load` calls. Where the day ends in the middle of equals, it takes those first that live in a
 * building which it goes to anyway.
 */
function fill<C extends Call>(sorted: readonly Ranked<C>[], load: number): Ranked<C>[][] {
  const days: Ranked<C>[][] = []
  let day: Ranked<C>[] = []
  let at = 0
  while (at < sorted.length) {
    let end = at + 1
    while (end < sorted.length && sorted[end]?.rank === sorted[at]?.rank) end += 1
    let equals = sorted.slice(at, end)
    at = end
    while (equals.length > 0) {
      const room = load - day.length
      if (equals.length > room) equals = neighboursFirst(equals, day)
      else for (const one of equals) one.isNeighbour = false
      day.push(...equals.slice(0, room))
      equals = equals.slice(room)
      if (day.length < load) break
      days.push(day)
      day = []
    }
  }
  if (day.length > 0) days.push(day)
  return days
}

function neighboursFirst<C extends Call>(
  equals: readonly Ranked<C>[],
  day: readonly Ranked<C>[],
): Ranked<C>[] {
  const visited = new Set(day.map((one) => one.call.building))
  for (const one of equals) one.isNeighbour = visited.has(one.call.building)
  return [...equals.filter((one) => one.isNeighbour), ...equals.filter((one) => !one.isNeighbour)]
}

/**
 * What of today's quota is left. A call made out of turn counts as one of it: the least urgent waits a day, unless
 * its date does not allow that.
 */
function leave<C extends Call>(
  quota: readonly Ranked<C>[],
  all: readonly Ranked<C>[],
): { readonly stay: readonly Ranked<C>[]; readonly moved: readonly Ranked<C>[] } {
  const left = quota.filter((one) => !one.call.isMet)
  const outOfTurn = all.filter((one) => one.call.isMet).length - (quota.length - left.length)
  const mayWait = left.filter((one) => one.deadline > 0).length
  const keep = left.length - Math.min(outOfTurn, mayWait)
  return { stay: left.slice(0, keep), moved: left.slice(keep) }
}

function becauseOf(one: Ranked<Call>, today: Day, workday: Day): Because {
  const { on, isEvent } = one.call
  if (isEvent) return 'event'
  if (on < today) return 'overdue'
  if (on === today) return 'due'
  if (one.deadline === 0 && workday === today) return 'before-rest'
  return one.isNeighbour ? 'neighbour' : 'ahead'
}
