/** Reminders and supervision 督办: what the calendar says to whom before and after a due, once each, in working time. */
import type { WorkingTime } from '../calendar.ts'
import { dayAt } from '../day.ts'
import { addWorkingDays } from '../working-days.ts'
import type { Due } from './due.ts'

/** 0: a reminder before the due. 1 at the due, 2 and 3 after it, each to somebody one level up. */
export type SupervisionLevel = 0 | 1 | 2 | 3

export interface Supervision {
  readonly level: SupervisionLevel
  readonly at: number
}

const hourMs = 3_600_000
const after: readonly (readonly [SupervisionLevel, number])[] = [
  [1, 0],
  [2, 2],
  [3, 5],
]

/**
 * When each is said; none while the request is suspended. Only an urgent one is said outside working time. Of a limit
 * in hours there is no reminder: it would come as late as the due.
 */
export function supervisionsOf(
  due: Pick<Due, 'at' | 'unit' | 'suspendedAt'>,
  isUrgent: boolean,
  time: WorkingTime,
): readonly Supervision[] {
  if (due.suspendedAt !== null) return []
  const dueDay = dayAt(due.at)
  const fire = (at: number) => (isUrgent ? at : time.nextWorkingMoment(at))
  const late = after.map(([level, days]) => {
    const at = days === 0 ? due.at : time.closingOf(addWorkingDays(time, dueDay, days))
    return { level, at: fire(at) }
  })
  if (due.unit !== 'working-days') return late
  return [{ level: 0, at: reminderAt(due.at, time) }, ...late]
}

/** 09:00, or when work begins where that is later, on the last working day before the day of the due. */
function reminderAt(due: number, time: WorkingTime): number {
  let at = dayAt(due - 24 * hourMs)
  for (let step = 0; step < 400 && !time.isWorkingDay(at); step += 1) {
    at = dayAt(time.openingOf(at) - 24 * hourMs)
  }
  const midnight = Date.parse(`${at}T00:00:00+08:00`)
  return Math.max(midnight + 9 * hourMs, time.openingOf(at))
}

/** Those that are to be said now: of what is over, only the highest, and none that was said already. */
export function supervisionNow(
  plan: readonly Supervision[],
  said: SupervisionLevel | null,
  now: number,
): SupervisionLevel | null {
  const over = plan.filter(({ at }) => at <= now).map(({ level }) => level)
  const highest = over.length > 0 ? Math.max(...over) : null
  return highest !== null && (said === null || highest > said)
    ? (highest as SupervisionLevel)
    : null
}
