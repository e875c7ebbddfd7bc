/** Working hours as an office types them. */
import { expect, it } from 'vitest'
import { defaultCalendar } from '#domain/calendar.ts'
import { readHours, writeHours } from '#app/views/working-hours.ts'

it('are read as they are written, and in the ways that people type', () => {
  expect(writeHours(defaultCalendar.hours)).toBe('08:30-12:00 13:30-17:30')
  const same = [
    '08:30-12:00 13:30-17:30',
    '8：30－12：00，13：30－17：30',
    '8:30至12:00、13:30到17:30',
    ' 8:30 – 12:00;13:30 – 17:30 ',
  ]
  for (const text of same) expect(readHours(text), text).toEqual(defaultCalendar.hours)
  expect(readHours('0:00-24:00')).toEqual([[0, 1_440]])
})

it('are none where they overlap, end before they begin, or say no time', () => {
  for (const text of [
    '',
    '8-12',
    '12:00-8:30',
    '8:30-12:00 11:00-17:00',
    '8:70-12:00',
    '8:30-25:00',
  ]) {
    expect(readHours(text), text).toBeNull()
  }
})
