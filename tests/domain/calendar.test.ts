/** The year whose holidays an office is asked for. */
import { expect, it } from 'vitest'
import { defaultCalendar, yearToAsk } from '#domain/calendar.ts'

it.each([
  ['2026-10-31', '2026-12-31', null],
  ['2026-11-01', '2026-12-31', 2027],
  ['2026-12-31', '2026-12-31', 2027],
  ['2026-12-31', '2027-12-31', null],
  // Nobody filled it in: the year itself is asked for, all year long.
  ['2027-01-01', '2026-12-31', 2027],
  ['2027-11-01', '2026-12-31', 2028],
  // Half a year is not a year.
  ['2027-03-01', '2027-06-30', 2027],
])('on %s, known until %s: %s', (today, knownUntil, year) => {
  expect(yearToAsk({ knownUntil }, today)).toBe(year)
})

it('is the next one for the calendar that the product starts with', () => {
  expect(yearToAsk(defaultCalendar, '2026-11-29')).toBe(2027)
})
