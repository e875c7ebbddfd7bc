/**
 * When a request is due. A pure function of where its clock began, what happened to it, and the calendar: the same on
 * phone and server. Two clocks run: the promise to the asker, from the moment said at the door to the released
 * answer, and the errand of the unit, from dispatch to its answer.
 */
import * as v from 'valibot'
import type { WorkingTime } from '../calendar.ts'
import { addDays, dayAt, type Day } from '../day.ts'
import { choice, whole } from '../field.ts'
import { addWorkingDays } from '../working-days.ts'

export const limitUnits = ['working-days', 'working-hours', 'clock-hours'] as const

/** So much time: data of the catalogue, never code. */
export const limitSchema = v.looseObject({ unit: choice(limitUnits), count: whole(1, 1_000) })
export type Limit = v.InferOutput<typeof limitSchema>

/** What moves a due; moments in milliseconds since 1970, in order of time. */
export type ClockEvent =
  | { readonly event: 'suspended'; readonly at: number }
  | { readonly event: 'resumed'; readonly at: number }
  /** So many working days more than the due as it stands. */
  | { readonly event: 'extended'; readonly at: number; readonly days: number }
  /** A higher level was given: it ends a suspension, and its own limit runs from here. */
  | { readonly event: 'raised'; readonly at: number; readonly limit: Limit }

export interface Due {
  /** Milliseconds since 1970. */
  readonly at: number
  /** It depends on a day whose arrangement is not announced yet. */
  readonly isProvisional: boolean
  /** Of the limit that decides: its unit tells how the sheet of the due explains itself. */
  readonly unit: Limit['unit']
  /** The days that the limit counted, for the person who asks why. Of an hour-based one: the days it ran on. */
  readonly days: readonly DueDay[]
  /** It stands still since that moment; null while it runs. */
  readonly suspendedAt: number | null
}

export interface DueDay {
  readonly day: Day
  /** `paused`: a working day that did not count, because the request was suspended. */
  readonly counts: 'counted' | 'paused'
}

const hourMs = 3_600_000

/** One limit and what became of it; several run side by side after a level was raised, and the earliest decides. */
interface Track {
  readonly unit: Limit['unit']
  readonly start: number
  due: number
  /** Of an hour-based one that is suspended: what was left of it, in its own measure. */
  left: number
  readonly paused: Set<Day>
}

/**
 * `events` after `start`, in order of time. A suspension after the due changes nothing. `promised`: a day that was
 * promised before the office had this register, which counts in the place of the limit.
 */
export function dueOf(
  start: number,
  limit: Limit,
  events: readonly ClockEvent[],
  time: WorkingTime,
  promised: Day | null = null,
): Due {
  const tracks = [
    promised === null ? beginTrack(start, limit, time) : trackUntil(start, promised, time),
  ]
  let suspendedAt: number | null = null
  for (const event of events) {
    switch (event.event) {
      case 'suspended':
        if (suspendedAt !== null || event.at > earliest(tracks).due) break
        suspendedAt = event.at
        for (const track of tracks) pause(track, event.at, time)
        break
      case 'resumed':
        if (suspendedAt === null) break
        for (const track of tracks) resume(track, suspendedAt, event.at, time)
        suspendedAt = null
        break
      case 'extended':
        for (const track of tracks) extend(track, event.days, time)
        break
      case 'raised':
        if (suspendedAt !== null) {
          for (const track of tracks) resume(track, suspendedAt, event.at, time)
          suspendedAt = null
        }
        tracks.push(beginTrack(event.at, event.limit, time))
        break
    }
  }
  const track = earliest(tracks)
  const { unit, due: at } = track
  return {
    at,
    unit,
    isProvisional: unit !== 'clock-hours' && dayAt(at) > time.knownUntil,
    days: daysOf(track, time),
    suspendedAt,
  }
}

/** The moment at which a limit is used up that nothing interrupts. */
export function addLimit(start: number, limit: Limit, time: WorkingTime): number {
  switch (limit.unit) {
    case 'working-days':
      return time.closingOf(addWorkingDays(time, dayAt(start), limit.count))
    case 'working-hours':
      return time.addTime(start, limit.count * hourMs)
    case 'clock-hours':
      return start + limit.count * hourMs
  }
}

/** The least that a unit is given from its own dispatch, however late the office was. */
const floors: Readonly<Record<Limit['unit'], Limit>> = {
  'working-days': { unit: 'working-days', count: 1 },
  'working-hours': { unit: 'working-hours', count: 4 },
  'clock-hours': { unit: 'clock-hours', count: 2 },
}

/**
 * When a unit has to answer: within its own limit from dispatch, moved by the events since, and not after the promise; but it always gets the
 * least that its limit's unit gives. Where the promise is missed by that, the time ledger says with whom the time went.
 */
export function errandDue(
  dispatched: number,
  limit: Limit,
  promise: number,
  time: WorkingTime,
  events: readonly ClockEvent[] = [],
): number {
  const own = dueOf(dispatched, limit, events, time).at
  return Math.max(Math.min(promise, own), addLimit(dispatched, floors[limit.unit], time))
}

/** When a suspension until a day ends by itself: when work begins on the first working day after it. */
export function resumesAt(until: Day, time: WorkingTime): number {
  return time.openingOf(addWorkingDays(time, until, 1))
}

/** Working days that a suspension from one moment to another takes. */
export function workingDaysSuspended(from: number, to: number, time: WorkingTime): number {
  return pausedDays(from, to, time).length
}

function beginTrack(start: number, limit: Limit, time: WorkingTime): Track {
  return { unit: limit.unit, start, due: addLimit(start, limit, time), left: 0, paused: new Set() }
}

function trackUntil(start: number, day: Day, time: WorkingTime): Track {
  return { unit: 'working-days', start, due: time.closingOf(day), left: 0, paused: new Set() }
}

function earliest(tracks: readonly Track[]): Track {
  return tracks.reduce((first, track) => (track.due < first.due ? track : first))
}

function pause(track: Track, at: number, time: WorkingTime): void {
  track.left =
    track.unit === 'clock-hours' ? Math.max(0, track.due - at) : time.timeBetween(at, track.due)
}

function resume(track: Track, suspended: number, at: number, time: WorkingTime): void {
  switch (track.unit) {
    case 'working-days': {
      const paused = pausedDays(suspended, at, time)
      for (const day of paused) track.paused.add(day)
      track.due = time.closingOf(addWorkingDays(time, dayAt(track.due), paused.length))
      break
    }
    case 'working-hours':
      track.due = time.addTime(at, track.left)
      break
    case 'clock-hours':
      track.due = at + track.left
      break
  }
}

/** The working days after the day of suspension, up to and including the day of resumption; none on one day. */
function pausedDays(suspended: number, resumed: number, time: WorkingTime): readonly Day[] {
  const days: Day[] = []
  const last = dayAt(resumed)
  for (let day = addDays(dayAt(suspended), 1); day <= last; day = addDays(day, 1)) {
    if (time.isWorkingDay(day)) days.push(day)
  }
  return days
}

/** The day moves on; of a day-based due also its hour to the end of working time, of an hour-based one it stays. */
function extend(track: Track, days: number, time: WorkingTime): void {
  const from = dayAt(track.due)
  const to = addWorkingDays(time, from, days)
  const before = track.due
  if (track.unit === 'working-days') {
    track.due = time.closingOf(to)
    return
  }
  track.due = before + (time.openingOf(to) - time.openingOf(from))
  // Also what is left of it where it stands still.
  track.left +=
    track.unit === 'clock-hours' ? track.due - before : time.timeBetween(before, track.due)
}

function daysOf(track: Track, time: WorkingTime): readonly DueDay[] {
  const days: DueDay[] = []
  const [first, last] = [dayAt(track.start), dayAt(track.due)]
  // The first day counts where hours are used up on it; of a limit in days it never does.
  let day = track.unit === 'working-days' ? addDays(first, 1) : first
  for (; day <= last; day = addDays(day, 1)) {
    const isCounted = track.unit === 'clock-hours' || time.isWorkingDay(day)
    if (isCounted) days.push({ day, counts: track.paused.has(day) ? 'paused' : 'counted' })
  }
  return days
}
