import { yearToAsk } from '#domain/calendar.ts'
import type { Day } from '#domain/day.ts'
import type { Register } from '#app/register/register.ts'
import { calendarHere } from './request-rules.ts'

/** The year whose holidays are to be entered now; null while they are known or far off. */
export function holidaysDue(register: Register, today: Day): number | null {
  return yearToAsk(calendarHere(register), today)
}
