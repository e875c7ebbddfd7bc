import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { addDays, isDay, weekday } from '#domain/day.ts'
import { holidays, workedWeekends } from '#domain/holidays.ts'
import { addWorkingDays, createWorkingCalendar, workingDaysPassed } from '#domain/working-days.ts'

const calendar = createWorkingCalendar({ holidays, workedWeekends })
const plain = createWorkingCalendar({ holidays: [], workedWeekends: [] })

describe('a working day', () => {
  it.each([
    ['2026-11-20', true], // Friday
    ['2026-11-21', false],
    ['2026-11-22', false],
    ['2026-11-23', true],
    ['2026-02-13', true],
    ['2026-02-14', true], // a Saturday worked for the Spring Festival
    ['2026-02-15', false],
    ['2026-02-23', false], // the last Monday of the Spring Festival
    ['2026-02-24', true],
    ['2026-10-01', false],
    ['2026-10-07', false],
    ['2026-10-08', true],
    ['2026-10-10', true],
  ])('%s: %s', (day, expected) => {
    expect(calendar.isWorkingDay(day)).toBe(expected)
  })

  it('that is announced as worked counts even where it is also listed as off', () => {
    const both = createWorkingCalendar({
      holidays: ['2026-11-21'],
      workedWeekends: ['2026-11-21'],
    })
    expect(both.isWorkingDay('2026-11-21')).toBe(true)
  })
})

describe('the announced days', () => {
  it('exist, each once, and worked days are weekend days and no holidays', () => {
    for (const day of [...holidays, ...workedWeekends]) expect(isDay(day)).toBe(true)
    expect(new Set(holidays).size).toBe(holidays.length)
    for (const day of workedWeekends) {
      expect([0, 6]).toContain(weekday(day))
      expect(holidays).not.toContain(day)
    }
  })

  it('are as many as the State Council gave', () => {
    expect(holidays.filter((day) => day.startsWith('2025'))).toHaveLength(28)
    expect(holidays.filter((day) => day.startsWith('2026'))).toHaveLength(33)
  })
})

describe('working days later', () => {
  it.each([
    ['2026-11-23', 0, '2026-11-23'],
    ['2026-11-23', 1, '2026-11-24'],
    ['2026-11-20', 1, '2026-11-23'],
    ['2026-11-21', 1, '2026-11-23'],
    ['2026-11-19', 3, '2026-11-24'],
    ['2026-02-12', 3, '2026-02-24'], // Friday, the worked Saturday, nine days off
    ['2026-09-29', 3, '2026-10-09'],
  ])('%s and %i', (day, count, expected) => {
    expect(addWorkingDays(calendar, day, count)).toBe(expected)
  })

  it('pass one by one, the day itself and today not counted', () => {
    expect(workingDaysPassed(calendar, '2026-11-23', '2026-11-23')).toBe(0)
    expect(workingDaysPassed(calendar, '2026-11-23', '2026-11-24')).toBe(0)
    expect(workingDaysPassed(calendar, '2026-11-23', '2026-11-25')).toBe(1)
    expect(workingDaysPassed(calendar, '2026-11-20', '2026-11-23')).toBe(0)
    expect(workingDaysPassed(calendar, '2026-11-23', '2026-11-01')).toBe(0)
    expect(workingDaysPassed(calendar, '2026-02-12', '2026-02-24')).toBe(2)
    expect(workingDaysPassed(calendar, '2026-02-12', '2026-02-25')).toBe(3)
  })

  it('have passed on the day after the last of them, and not before', () => {
    const start = fc.integer({ min: 0, max: 900 }).map((count) => addDays('2025-01-01', count))
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 40 }), (day, count) => {
        const last = addWorkingDays(calendar, day, count)
        expect(calendar.isWorkingDay(last)).toBe(true)
        expect(workingDaysPassed(calendar, day, last)).toBe(count - 1)
        expect(workingDaysPassed(calendar, day, addDays(last, 1))).toBe(count)
      }),
    )
  })

  it('five make a week without holidays', () => {
    expect(addWorkingDays(plain, '2026-11-23', 5)).toBe('2026-11-30')
  })

  it('end even where a broken scheme has nothing but holidays', () => {
    const never = { isWorkingDay: () => false }
    expect(isDay(addWorkingDays(never, '2026-11-23', 3))).toBe(true)
  })
})
