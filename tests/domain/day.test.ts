import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  ageOn,
  birthday,
  dayAt,
  dayToNumber,
  daysBetween,
  instantToDay,
  instantToTime,
  isDay,
  numberToDay,
  weekday,
} from '#domain/day.ts'

const days = fc
  .integer({ min: dayToNumber('1850-01-01'), max: dayToNumber('2150-12-31') })
  .map(numberToDay)

describe('a day', () => {
  it.each(['2026-11-23', '2024-02-29', '2000-02-29', '1999-12-31'])('%s exists', (text) => {
    expect(isDay(text)).toBe(true)
  })

  it.each([
    '2026-02-29',
    '1900-02-29',
    '2026-02-30',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-1-1',
    '20260101',
    '2026-01-01T00:00:00Z',
    ' 2026-01-01',
    '2026-01-01\n',
    '',
    '无',
  ])('%j does not', (text) => {
    expect(isDay(text)).toBe(false)
  })

  it('of the first centuries is not moved to the twentieth', () => {
    expect(isDay('0026-01-01')).toBe(false)
    expect(isDay('0099-12-31')).toBe(false)
  })

  it('is a number and back', () => {
    expect(dayToNumber('1970-01-01')).toBe(0)
    expect(dayToNumber('1969-12-31')).toBe(-1)
    expect(dayToNumber('no day')).toBeNaN()
    fc.assert(fc.property(days, (day) => numberToDay(dayToNumber(day)) === day))
  })

  it('has the weekday of the calendar on the wall', () => {
    expect(weekday('2026-11-23')).toBe(1)
    expect(weekday('2026-02-15')).toBe(0)
    expect(weekday('1969-12-31')).toBe(3)
    fc.assert(fc.property(days, (day) => (weekday(day) + 1) % 7 === weekday(addDays(day, 1))))
  })
})

describe('days later', () => {
  it.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2026-11-23', 0, '2026-11-23'],
  ])('%s and %i', (day, count, expected) => {
    expect(addDays(day, count)).toBe(expected)
  })

  it('count back what they counted on, over leap days and summer times of elsewhere', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -40_000, max: 40_000 }), (day, count) => {
        expect(daysBetween(day, addDays(day, count))).toBe(count)
      }),
    )
  })
})

describe('months later', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-03-31', 1, '2026-04-30'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2026-05-15', 7, '2026-12-15'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-11-23', 0, '2026-11-23'],
    ['2025-12-01', 1, '2026-01-01'],
  ])('%s and %i', (day, count, expected) => {
    expect(addMonths(day, count)).toBe(expected)
  })

  it('keep the day of the month, or are its last day', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -600, max: 600 }), (day, count) => {
        const later = addMonths(day, count)
        const isLast = later.slice(0, 7) !== addDays(later, 1).slice(0, 7)
        expect(later.slice(8) === day.slice(8) || (isLast && later.slice(8) < day.slice(8))).toBe(
          true,
        )
      }),
    )
  })
})

describe('age', () => {
  it('changes on the birthday', () => {
    expect(ageOn('1946-11-23', '2026-11-22')).toBe(79)
    expect(ageOn('1946-11-23', '2026-11-23')).toBe(80)
    expect(ageOn('2026-11-23', '2026-11-23')).toBe(0)
  })

  it('changes on 28 February in common years for who was born on a 29th', () => {
    expect(birthday('2004-02-29', 1)).toBe('2005-02-28')
    expect(birthday('2004-02-29', 4)).toBe('2008-02-29')
    expect(birthday('2000-02-29', 100)).toBe('2100-02-28')
    expect(birthday('1600-02-29', 400)).toBe('2000-02-29')
    expect(ageOn('2004-02-29', '2005-02-27')).toBe(0)
    expect(ageOn('2004-02-29', '2005-02-28')).toBe(1)
    expect(ageOn('2004-02-29', '2008-02-28')).toBe(3)
    expect(ageOn('2004-02-29', '2008-02-29')).toBe(4)
  })

  it('says the same as the birthday does', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 130 }), (birth, years) => {
        const day = birthday(birth, years)
        expect(isDay(day)).toBe(true)
        expect(ageOn(birth, day)).toBe(years)
        expect(ageOn(birth, addDays(day, -1))).toBe(years - 1)
      }),
    )
  })
})

describe('the day in China', () => {
  it('begins at 16:00 in UTC', () => {
    expect(instantToDay('2026-11-23T15:59:59.999Z')).toBe('2026-11-23')
    expect(instantToDay('2026-11-23T16:00:00.000Z')).toBe('2026-11-24')
    expect(instantToDay('2026-12-31T16:00:00.000Z')).toBe('2027-01-01')
    expect(dayAt(Date.UTC(2024, 1, 28, 16))).toBe('2024-02-29')
    expect(dayAt(-8 * 3_600_000 - 1)).toBe('1969-12-31')
  })

  it('does not depend on where the machine stands or how the instant is written', () => {
    expect(new Date('2026-07-01T00:00:00Z').getTimezoneOffset()).not.toBe(-480)
    expect(instantToDay('2026-07-01T00:30:00+08:00')).toBe('2026-07-01')
    // China had summer time from 1986 to 1991; the register has none.
    expect(instantToDay('1988-07-01T15:59:59.999Z')).toBe('1988-07-01')
  })

  it('has hours and minutes', () => {
    expect(instantToTime('2026-11-23T06:32:59.000Z')).toBe('14:32')
    expect(instantToTime('2026-11-23T16:00:00.000Z')).toBe('00:00')
    expect(instantToTime('2026-11-23T15:59:59.999Z')).toBe('23:59')
  })
})
