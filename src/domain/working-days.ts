/** Working days: Monday to Friday, less public holidays, plus the weekend days worked in exchange (调休). */
import { addDays, weekday, type Day } from './day.ts'
import type { Scheme } from './scheme.ts'

export interface WorkingCalendar {
  isWorkingDay(day: Day): boolean
}

export function createWorkingCalendar(
  scheme: Pick<Scheme, 'holidays' | 'workedWeekends'>,
): WorkingCalendar {
  const off = new Set(scheme.holidays)
  const worked = new Set(scheme.workedWeekends)
  return {
    isWorkingDay(day) {
      if (worked.has(day)) return true
      if (off.has(day)) return false
      const name = weekday(day)
      return name !== 0 && name !== 6
    },
  }
}

/** The n-th working day after a day; the day itself for 0. A calendar without any working day is a bug of the scheme. */
export function addWorkingDays(calendar: WorkingCalendar, day: Day, count: number): Day {
  let at = day
  let left = count
  // A year of nothing but holidays would be a broken scheme; the bound keeps it from hanging a phone.
  for (let step = 0; left > 0 && step < count * 7 + 400; step += 1) {
    at = addDays(at, 1)
    if (calendar.isWorkingDay(at)) left -= 1
  }
  return at
}

/** Working days that have passed since a day: those after it and before `today`. */
export function workingDaysPassed(calendar: WorkingCalendar, since: Day, today: Day): number {
  let count = 0
  for (let at = addDays(since, 1); at < today; at = addDays(at, 1)) {
    if (calendar.isWorkingDay(at)) count += 1
  }
  return count
}
