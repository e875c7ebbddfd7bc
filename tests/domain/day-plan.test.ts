import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { addDays, type Day } from '#domain/day.ts'
import { horizonDays, horizonEnd, planDay, type Call, type DayPlan } from '#domain/day-plan.ts'
import { colourKeys } from '#domain/level.ts'
import { addWorkingDays, createWorkingCalendar } from '#domain/working-days.ts'

/** A Monday; the second Thursday is a holiday, and the Saturday after it is worked in exchange. */
const monday = '2026-11-23'
const calendar = createWorkingCalendar({
  holidays: ['2026-12-03'],
  workedWeekends: ['2026-12-05'],
})
const saturday = '2026-11-28'

const call = (household: string, on: Day, more: Partial<Call> = {}): Call => ({
  household,
  building: 'a',
  place: Number(household) || 0,
  colour: 'green',
  on,
  isEvent: false,
  isMet: false,
  ...more,
})
const many = (count: number, on: Day, more: Partial<Call> = {}, from = 1) =>
  Array.from({ length: count }, (_, index) => call(String(from + index), on, more))
const plan = (calls: readonly Call[], today = monday) => planDay(calls, calendar, today)
const ids = (list: DayPlan['today']) => list.map((one) => one.call.household)
const whyOf = (made: DayPlan) =>
  Object.fromEntries(made.today.map((one) => [one.call.household, one.because]))

describe('the plan of the day', () => {
  it('spreads what is due on one day over the working days before it', () => {
    const made = plan(many(10, '2026-11-27'))
    expect(made.load).toBe(2)
    expect(ids(made.today)).toEqual(['1', '2'])
    expect(made.later.map((one) => one.day)).toEqual([
      ...['2026-11-24', '2026-11-24', '2026-11-25', '2026-11-25'],
      ...['2026-11-26', '2026-11-26', '2026-11-27', '2026-11-27'],
    ])
  })

  it('takes the last working day before a Sunday or a holiday as the deadline', () => {
    // Due on the Sunday: five working days, as for the Friday.
    expect(plan(many(10, '2026-11-29')).load).toBe(2)
    expect(plan(many(9, '2026-12-03')).load).toBe(2)
    expect(plan(many(8, '2026-12-03')).load).toBe(1)
    // The Saturday that is worked is a day more.
    expect(plan(many(10, '2026-12-06')).load).toBe(1)
    expect(whyOf(plan([call('1', '2026-11-29')], '2026-11-27'))).toEqual({ 1: 'before-rest' })
  })

  it('gives a backlog some days by its urgency, the longest overdue first', () => {
    const backlog = [
      ...many(3, '2026-11-01', { colour: 'red' }),
      ...many(2, '2026-11-10', { colour: 'orange' }, 11),
      ...many(4, '2026-11-11', { colour: 'yellow' }, 21),
      call('30', '2026-10-01', { colour: 'yellow' }),
      ...many(10, '2026-11-20', {}, 41),
    ]
    const made = plan(backlog)
    // 3 at once; 5 within two days; 10 within three; 20 within five.
    expect(made.load).toBe(4)
    expect(ids(made.today)).toEqual(['1', '2', '3', '11'])
    expect(ids(made.later).slice(0, 3)).toEqual(['12', '30', '21'])
    expect(whyOf(made)[1]).toBe('overdue')
  })

  it('leaves what is due today on today’s list, however much it is', () => {
    const made = plan([...many(7, monday), ...many(3, '2026-11-10', { colour: 'orange' }, 20)])
    expect(made.load).toBe(7)
    expect(ids(made.today)).toEqual(['1', '2', '3', '4', '5', '6', '7'])
    expect(new Set(Object.values(whyOf(made)))).toEqual(new Set(['due']))
  })

  it('prefers, among equals, a building where it goes anyway', () => {
    const made = plan([
      call('1', monday, { building: 'b' }),
      call('2', '2026-11-25', { building: 'a', place: 1 }),
      call('3', '2026-11-25', { building: 'b', place: 2 }),
      call('4', '2026-11-25', { building: 'c', place: 3 }),
    ])
    expect(made.load).toBe(2)
    expect(whyOf(made)).toEqual({ 1: 'due', 3: 'neighbour' })
    expect(ids(made.later)).toEqual(['2', '4'])
    // A nearer date goes before a nearer door.
    const nearer = plan([
      call('1', monday, { building: 'b' }),
      ...many(3, '2026-11-24', { building: 'a' }, 2),
      call('5', '2026-11-25', { building: 'b' }),
    ])
    expect(whyOf(nearer)).toEqual({ 1: 'due', 2: 'ahead' })
  })

  it('says a life event before anything else', () => {
    const event = call('1', '2026-11-24', { isEvent: true, colour: 'red' })
    expect(whyOf(plan([event, ...many(4, '2026-11-24', {}, 2)]))).toMatchObject({ 1: 'event' })
  })

  it('does on a day of rest what cannot wait, and burdens no working day with it', () => {
    const calls = [
      call('1', '2026-11-29', { colour: 'red' }),
      call('2', '2026-11-30', { colour: 'red' }),
      call('3', '2026-11-20', { colour: 'red' }),
      call('4', saturday),
      call('5', '2026-11-29', { isEvent: true }),
    ]
    const made = plan(calls, saturday)
    expect(ids(made.today).sort()).toEqual(['1', '3', '5'])
    expect(made).toMatchObject({ workday: '2026-11-30', load: 2 })
    expect(made.later.map((one) => [one.call.household, one.day])).toEqual([
      ['2', '2026-11-30'],
      ['4', '2026-11-30'],
    ])
  })

  it('plans nothing beyond the horizon, and stands a calendar without a working day', () => {
    const end = horizonEnd(calendar, monday)
    // The Sunday before the next working day.
    expect(end).toBe('2026-12-13')
    expect(ids(plan([call('1', end)]).today)).toEqual(['1'])
    expect(plan([call('1', addDays(end, 1))])).toMatchObject({ today: [], later: [], load: 0 })
    const never = { isWorkingDay: () => false }
    const made = planDay([call('1', monday), call('2', monday, { colour: 'red' })], never, monday)
    expect([...made.today, ...made.later]).toHaveLength(2)
  })
})

const someDay = fc.integer({ min: -60, max: 40 }).map((days) => addDays(monday, days))
const someCalls = fc
  .array(
    fc.record({
      building: fc.constantFrom('a', 'b', 'c'),
      place: fc.integer({ min: 0, max: 5 }),
      colour: fc.constantFrom(...colourKeys),
      on: someDay,
      isEvent: fc.boolean(),
    }),
    { maxLength: 60 },
  )
  .map((list) => list.map((one, index) => ({ ...one, household: String(index), isMet: false })))
const someToday = fc.integer({ min: 0, max: 13 }).map((days) => addDays(monday, days))

describe('for any calls on any day', () => {
  it('each is planned once, no day has more than the load, each date within the horizon is kept', () => {
    fc.assert(
      fc.property(someCalls, someToday, (calls, today) => {
        const made = plan(calls, today)
        const all = [...made.today, ...made.later]
        const end = horizonEnd(calendar, today)
        expect(ids(all).sort()).toEqual(
          calls
            .filter((one) => one.on <= end)
            .map((one) => one.household)
            .sort(),
        )
        const isRest = made.workday !== today
        const counts = new Map<Day, number>()
        for (const { day } of all) counts.set(day, (counts.get(day) ?? 0) + 1)
        for (const [day, count] of counts) {
          if (isRest && day === today) continue
          expect(count).toBeLessThanOrEqual(made.load)
        }
        for (const { call: one, day } of all) {
          if (!calendar.isWorkingDay(day)) expect(day).toBe(today)
          // In time, or before the first working day after a rest that came too late for it.
          if (one.on >= made.workday) expect(day <= one.on).toBe(true)
          else if (one.on >= today) expect(day <= made.workday).toBe(true)
          else if (one.colour === 'red' || one.isEvent) expect(day).toBe(today)
          else expect(day <= addWorkingDays(calendar, made.workday, 4)).toBe(true)
        }
      }),
    )
  })

  it('no smaller load would do', () => {
    fc.assert(
      fc.property(someCalls, (calls) => {
        const { load, today, later } = plan(calls)
        if (load === 0) return
        const days = [monday]
        while (days.length < horizonDays) days.push(addWorkingDays(calendar, days.at(-1) ?? '', 1))
        const within: Record<string, number> = { red: 0, orange: 1, yellow: 2 }
        const deadlines = [...today, ...later].map(({ call: one }) => {
          if (one.on >= monday) return days.findLastIndex((day) => day <= one.on)
          return one.isEvent ? 0 : (within[one.colour] ?? 4)
        })
        const isTight = days.some(
          (_, index) => deadlines.filter((one) => one <= index).length > (load - 1) * (index + 1),
        )
        expect(isTight).toBe(true)
      }),
    )
  })

  it('the order in which they come changes nothing', () => {
    fc.assert(
      fc.property(
        someCalls.chain((calls) =>
          fc.tuple(fc.constant(calls), fc.shuffledSubarray(calls, { minLength: calls.length })),
        ),
        someToday,
        ([calls, shuffled], today) => {
          expect(plan(shuffled, today)).toEqual(plan(calls, today))
        },
      ),
    )
  })

  it('calls made in any order take from the list and put nothing on it', () => {
    fc.assert(
      fc.property(
        someCalls.chain((calls) => fc.tuple(fc.constant(calls), fc.shuffledSubarray(calls))),
        someToday,
        ([calls, met], today) => {
          const morning = plan(calls, today)
          const end = horizonEnd(calendar, today)
          const done = new Set<string>()
          let before = ids(morning.today)
          for (const { household, on } of met) {
            if (on > end) continue
            done.add(household)
            const now = plan(
              calls.map((one) => ({ ...one, isMet: done.has(one.household) })),
              today,
            )
            const left = ids(now.today)
            expect(now.load).toBe(morning.load)
            expect(before).toEqual(expect.arrayContaining(left))
            expect(left).not.toContain(household)
            const stayed = morning.today.filter(
              ({ call: one }) => one.on <= today && (one.isEvent || one.colour === 'red'),
            )
            for (const { call: one } of stayed) {
              if (!done.has(one.household)) expect(left).toContain(one.household)
            }
            // Nobody is lost: what is not left today stands in a later day.
            expect([...left, ...ids(now.later), ...done].sort()).toEqual(
              ids([...morning.today, ...morning.later]).sort(),
            )
            before = left
          }
        },
      ),
    )
  })

  it('those of the list itself, in any order, leave just the rest of it', () => {
    fc.assert(
      fc.property(
        someCalls.chain((calls) => fc.tuple(fc.constant(calls), fc.shuffledSubarray(calls))),
        ([calls, some]) => {
          const morning = ids(plan(calls).today)
          const met = new Set(some.map((one) => one.household).filter((id) => morning.includes(id)))
          const now = plan(calls.map((one) => ({ ...one, isMet: met.has(one.household) })))
          expect(ids(now.today)).toEqual(morning.filter((id) => !met.has(id)))
        },
      ),
    )
  })
})
