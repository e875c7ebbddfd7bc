/** The computed examples E1 to E25 of the rules of deadlines, and what must hold for every history. */
import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { createWorkingTime, defaultCalendar } from '#domain/calendar.ts'
import { addDays, dayAt, instantToDay, instantToTime } from '#domain/day.ts'
import {
  addLimit,
  dueOf,
  errandDue,
  resumesAt,
  workingDaysSuspended,
  type ClockEvent,
  type Limit,
} from '#domain/requests/due.ts'

const time = createWorkingTime(defaultCalendar)

/** `2026-11-25 10:00` in China as milliseconds. */
const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}:00+08:00`)
const said = (moment: number) => {
  const instant = new Date(moment).toISOString()
  return `${instantToDay(instant)} ${instantToTime(instant)}`
}
const workingDays = (count: number): Limit => ({ unit: 'working-days', count })
const workingHours = (count: number): Limit => ({ unit: 'working-hours', count })
const clockHours = (count: number): Limit => ({ unit: 'clock-hours', count })
const suspended = (from: string, to: string): ClockEvent[] => [
  { event: 'suspended', at: at(from) },
  { event: 'resumed', at: at(to) },
]

describe('a due without events', () => {
  it.each<[string, string, Limit, string]>([
    ['E1', '2026-11-25 10:00', workingDays(5), '2026-12-02 17:30'],
    ['E2 on a day off', '2026-11-28 21:00', workingDays(5), '2026-12-04 17:30'],
    ['E3 over the Spring Festival', '2026-02-13 16:00', workingDays(5), '2026-02-27 17:30'],
    ['E4 on a worked Saturday', '2026-02-14 09:00', workingDays(5), '2026-02-28 17:30'],
    ['E5 a minute before closing', '2026-04-30 17:29', workingDays(5), '2026-05-11 17:30'],
    ['E6 over two holidays', '2026-09-24 08:00', workingDays(5), '2026-10-09 17:30'],
    ['E6 of fifteen days', '2026-09-24 08:00', workingDays(15), '2026-10-22 17:30'],
    ['E7 into Monday', '2026-11-27 16:00', workingHours(4), '2026-11-30 11:00'],
    ['E8 used up at closing', '2026-11-30 13:30', workingHours(4), '2026-11-30 17:30'],
    ['E9 from noon', '2026-11-30 12:10', workingHours(2), '2026-11-30 15:30'],
    ['E9 over nine days off', '2026-02-14 16:00', workingHours(4), '2026-02-24 11:00'],
    ['E10 urgent on a holiday', '2026-02-16 23:30', clockHours(2), '2026-02-17 01:30'],
    ['E10 of a day', '2026-02-16 23:30', clockHours(24), '2026-02-17 23:30'],
    ['E22 last day to return', '2026-04-30 09:00', workingDays(2), '2026-05-07 17:30'],
    ['E23 call-back', '2026-02-13 11:00', workingDays(3), '2026-02-25 17:30'],
    ['E24 second supervision', '2026-09-29 17:30', workingDays(2), '2026-10-08 17:30'],
    ['E25 not solved', '2026-09-30 20:00', workingDays(3), '2026-10-10 17:30'],
  ])('%s: from %s', (_, start, limit, due) => {
    expect(said(addLimit(at(start), limit, time))).toBe(due)
    expect(said(dueOf(at(start), limit, [], time).at)).toBe(due)
  })

  it('E21 counts the day in China, whatever zone the device is in', () => {
    const due = dueOf(Date.parse('2026-11-25T16:30:00Z'), workingDays(5), [], time)
    expect(new Date(due.at).toISOString()).toBe('2026-12-03T09:30:00.000Z')
  })

  it('E20 is provisional in a year that is not announced, and exact once it is', () => {
    const start = at('2026-12-31 10:00')
    const guessed = dueOf(start, workingDays(5), [], time)
    expect([said(guessed.at), guessed.isProvisional]).toEqual(['2027-01-07 17:30', true])
    const known = createWorkingTime({
      ...defaultCalendar,
      off: [...defaultCalendar.off, '2027-01-01'],
      knownUntil: '2027-12-31',
    })
    const exact = dueOf(start, workingDays(5), [], known)
    expect([said(exact.at), exact.isProvisional]).toEqual(['2027-01-08 17:30', false])
  })

  it('names the days that it counted', () => {
    const { days } = dueOf(at('2026-02-14 09:00'), workingDays(5), [], time)
    expect(days.map(({ day }) => day)).toEqual([
      ...['2026-02-24', '2026-02-25', '2026-02-26', '2026-02-27', '2026-02-28'],
    ])
  })
})

describe('a due with events', () => {
  const e11 = suspended('2026-11-27 10:00', '2026-12-01 09:00')

  it.each<[string, string, Limit, ClockEvent[], string]>([
    ['E11', '2026-11-25 10:00', workingDays(5), e11, '2026-12-04 17:30'],
    [
      'E12 suspended for hours of one day',
      '2026-11-25 10:00',
      workingDays(5),
      suspended('2026-11-26 09:00', '2026-11-26 16:00'),
      '2026-12-02 17:30',
    ],
    [
      'E13 suspended over the Spring Festival',
      '2026-02-11 10:00',
      workingDays(5),
      suspended('2026-02-13 15:00', '2026-02-24 09:00'),
      '2026-02-27 17:30',
    ],
    [
      'E14 extended by ten',
      '2026-11-25 10:00',
      workingDays(5),
      [...e11, { event: 'extended', at: at('2026-12-03 09:00'), days: 10 }],
      '2026-12-18 17:30',
    ],
    [
      'E15 of hours',
      '2026-11-30 09:00',
      workingHours(4),
      suspended('2026-11-30 10:00', '2026-11-30 15:00'),
      '2026-12-01 09:00',
    ],
    [
      'E17 raised to urgent',
      '2026-11-25 10:00',
      workingDays(5),
      [...e11, { event: 'raised', at: at('2026-12-01 14:00'), limit: clockHours(24) }],
      '2026-12-02 14:00',
    ],
  ])('%s', (_, start, limit, events, due) => {
    expect(said(dueOf(at(start), limit, events, time).at)).toBe(due)
  })

  it('E16 resumes by itself when work begins after the last day of a suspension', () => {
    const resumed = resumesAt('2026-10-03', time)
    expect(said(resumed)).toBe('2026-10-08 08:30')
    const events: ClockEvent[] = [
      { event: 'suspended', at: at('2026-09-29 15:00') },
      { event: 'resumed', at: resumed },
    ]
    const due = dueOf(at('2026-09-28 10:00'), workingDays(5), events, time)
    expect(said(due.at)).toBe('2026-10-13 17:30')
    expect(due.days.filter(({ counts }) => counts === 'paused').map(({ day }) => day)).toEqual([
      '2026-09-30',
      '2026-10-08',
    ])
    expect(workingDaysSuspended(at('2026-09-29 15:00'), resumed, time)).toBe(2)
  })

  it('keeps a suspension that came before a level was raised', () => {
    const raised: ClockEvent = {
      event: 'raised',
      at: at('2026-12-01 14:00'),
      limit: workingDays(15),
    }
    const due = dueOf(at('2026-11-25 10:00'), workingDays(5), [...e11, raised], time)
    expect(said(due.at)).toBe('2026-12-04 17:30')
  })

  it('is not moved by a suspension after it', () => {
    const late = suspended('2026-12-03 09:00', '2026-12-08 09:00')
    expect(said(dueOf(at('2026-11-25 10:00'), workingDays(5), late, time).at)).toBe(
      '2026-12-02 17:30',
    )
  })
})

describe('the due of a unit', () => {
  const promise = dueOf(at('2026-11-30 10:00'), workingDays(5), [], time).at

  it('E18 is the promise where the way was long', () => {
    expect(said(promise)).toBe('2026-12-07 17:30')
    expect(said(addLimit(at('2026-12-02 10:00'), workingDays(5), time))).toBe('2026-12-09 17:30')
    const due = errandDue(at('2026-12-02 10:00'), workingDays(5), promise, time)
    expect(said(due)).toBe('2026-12-07 17:30')
  })

  it('E19 leaves the unit a working day at least', () => {
    const due = errandDue(at('2026-12-07 15:00'), workingDays(5), promise, time)
    expect(said(due)).toBe('2026-12-08 17:30')
  })

  it('leaves two hours of the clock and four of work to limits in hours', () => {
    const dispatched = at('2026-12-07 15:00')
    expect(said(errandDue(dispatched, clockHours(24), dispatched, time))).toBe('2026-12-07 17:00')
    expect(said(errandDue(dispatched, workingHours(8), dispatched, time))).toBe('2026-12-08 10:00')
  })
})

describe('whatever happens', () => {
  const start = fc.integer({
    min: at('2025-01-02 00:00') / 60_000,
    max: at('2026-11-30 00:00') / 60_000,
  })
  const limit = fc.oneof(
    fc.integer({ min: 1, max: 20 }).map(workingDays),
    fc.integer({ min: 1, max: 40 }).map(workingHours),
    fc.integer({ min: 1, max: 200 }).map(clockHours),
  )
  const minutes = (count: number) => count * 60_000

  it('a later start is never due earlier', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 0, max: 20_000 }), limit, (from, later, of) => {
        const first = addLimit(minutes(from), of, time)
        expect(addLimit(minutes(from + later), of, time)).toBeGreaterThanOrEqual(first)
      }),
    )
  })

  it('to suspend and resume at one instant changes nothing', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 0, max: 40_000 }), limit, (from, after, of) => {
        const moment = minutes(from + after)
        const events: ClockEvent[] = [
          { event: 'suspended', at: moment },
          { event: 'resumed', at: moment },
        ]
        const plain = dueOf(minutes(from), of, [], time)
        expect(dueOf(minutes(from), of, events, time)).toEqual(plain)
      }),
    )
  })

  it('a suspension split at midnight gives at most one day more', () => {
    fc.assert(
      fc.property(
        start,
        fc.integer({ min: 1, max: 7_000 }),
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 20 }),
        (from, after, nights, count) => {
          const begun = minutes(from + after)
          const midnight = at(`${dayAt(begun)} 00:00`) + nights * 86_400_000
          const end = midnight + minutes(after % 1_440)
          const due = (events: ClockEvent[]) =>
            dueOf(minutes(from), workingDays(count), events, time).days.length
          const whole = due([
            { event: 'suspended', at: begun },
            { event: 'resumed', at: end },
          ])
          const split = due([
            { event: 'suspended', at: begun },
            { event: 'resumed', at: midnight },
            { event: 'suspended', at: midnight },
            { event: 'resumed', at: end },
          ])
          expect(Math.abs(split - whole)).toBeLessThanOrEqual(1)
        },
      ),
    )
  })

  it('hours of a calendar that never closes are hours of the clock', () => {
    const hours: [number, number][] = [[0, 1_440]]
    const onWeekdays = createWorkingTime({ off: [], worked: [], hours, knownUntil: '2099-12-31' })
    const worked: string[] = []
    for (let day = '2024-12-01'; day < '2028-01-01'; day = addDays(day, 1)) {
      if (!onWeekdays.isWorkingDay(day)) worked.push(day)
    }
    const open = createWorkingTime({ off: [], worked, hours, knownUntil: '2099-12-31' })
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 500 }), (from, count) => {
        expect(addLimit(minutes(from), workingHours(count), open)).toBe(
          minutes(from) + count * 3_600_000,
        )
      }),
    )
  })

  it('as many days count as the limit and its extensions say', () => {
    const pauses = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 4_000 }), fc.integer({ min: 0, max: 9_000 })),
      {
        maxLength: 4,
      },
    )
    fc.assert(
      fc.property(
        start,
        fc.integer({ min: 1, max: 15 }),
        pauses,
        fc.integer({ min: 0, max: 10 }),
        (from, count, gaps, more) => {
          const events: ClockEvent[] = []
          let moment = minutes(from)
          for (const [wait, length] of gaps) {
            events.push({ event: 'suspended', at: (moment += minutes(wait)) })
            events.push({ event: 'resumed', at: (moment += minutes(length)) })
          }
          if (more > 0) events.push({ event: 'extended', at: moment, days: more })
          const { days } = dueOf(minutes(from), workingDays(count), events, time)
          expect(days.filter(({ counts }) => counts === 'counted')).toHaveLength(count + more)
        },
      ),
    )
  })
})
