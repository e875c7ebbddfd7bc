import { expect, it } from 'vitest'
import { defaultCalendar } from '#domain/calendar.ts'
import { createRegister } from '#app/register/create-register.ts'
import { holidaysDue } from '#app/views/holidays-due.ts'
import { gridA, page, record } from '../register/grid-of-samples.ts'

it('asks for the holidays of the coming year from autumn on, until they are known', () => {
  const year = Number(defaultCalendar.knownUntil.slice(0, 4)) + 1
  const register = createRegister()
  expect(holidaysDue(register, `${year - 1}-06-01`)).toBeNull()
  expect(holidaysDue(register, `${year - 1}-12-31`)).toBe(year)
  register.applyPages([
    page(gridA, [
      record('calendar', 30, {
        ...defaultCalendar,
        calendarVersion: defaultCalendar.calendarVersion + 1,
        knownUntil: `${year}-12-31`,
      }),
    ]),
  ])
  expect(holidaysDue(register, `${year - 1}-12-31`)).toBeNull()
})
