/** Limits of calls: those of rules, and those that changed. */
import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween, numberToDay } from '#domain/day.ts'
import { defaultScheme } from '#domain/default-scheme.ts'
import { callEvery, dueOf, dueOn, type DueFacts } from '#domain/due.ts'
import { changesOf, isUnchanged } from '#domain/scheme-changes.ts'
import type { Rule, Scheme } from '#domain/scheme.ts'
import { carryLimits, changesLimits } from '#domain/carry-limits.ts'
import type { Coloured } from '#domain/visit-limits.ts'

const alone = 'aged-80-alone'
const withRule = (key: string, more: Partial<Rule>, scheme: Scheme = defaultScheme): Scheme => ({
  ...scheme,
  rules: scheme.rules.map((rule) => (rule.key === key ? { ...rule, ...more } : rule)),
})
const withRed = (visitWithin: number, scheme: Scheme = defaultScheme): Scheme => ({
  ...scheme,
  levels: scheme.levels.map((level) => (level.key === 'red' ? { ...level, visitWithin } : level)),
})
const because = (...rules: readonly [string, Coloured['colour']][]): Coloured => ({
  colour: rules[0]?.[1] ?? 'green',
  reasons: rules.map(([rule, level]) => ({ rule, level })),
})
const red = because([alone, 'red'])
const facts = (
  scheme: Scheme,
  subjects: readonly Coloured[],
  more: Partial<DueFacts> = {},
): DueFacts => ({
  colour: 'red',
  subjects,
  lastMet: '2026-11-01',
  knownSince: '2026-01-01',
  lifeEventOn: null,
  scheme,
  ...more,
})

describe('a limit of a rule', () => {
  const three = withRule(alone, { visitWithin: 3 })

  it('takes the place of its colour’s where it decides the colour', () => {
    expect(dueOn(facts(defaultScheme, [red]))).toBe('2026-11-08')
    expect(dueOn(facts(three, [red]))).toBe('2026-11-04')
    expect(dueOn(facts(withRule(alone, { visitWithin: 20 }), [red]))).toBe('2026-11-21')
  })

  it('leaves those alone whom other rules make red', () => {
    expect(dueOn(facts(three, [because(['hazard-to-life', 'red'])]))).toBe('2026-11-08')
    // Of two rules, and of two people of a household, the sooner day holds.
    const both = because([alone, 'red'], ['serious-dispute', 'red'])
    expect(dueOn(facts(withRule(alone, { visitWithin: 20 }), [both]))).toBe('2026-11-08')
    const other = because(['serious-dispute', 'red'])
    expect(dueOn(facts(three, [other, red]))).toBe('2026-11-04')
  })

  it('counts beside a more urgent colour, and not where somebody put its colour aside by hand', () => {
    const poor = withRule(
      'poor',
      { visitWithin: 2 },
      {
        ...defaultScheme,
        rules: [
          ...defaultScheme.rules,
          {
            key: 'poor',
            subject: 'resident',
            level: 'yellow',
            when: { all: [] },
            words: '',
            wordsEn: '',
          },
        ],
      },
    )
    expect(dueOn(facts(poor, [because([alone, 'red'], ['poor', 'yellow'])]))).toBe('2026-11-03')
    expect(dueOn(facts(poor, [red, because(['poor', 'yellow'])]))).toBe('2026-11-03')
    const aside: Coloured = {
      colour: 'orange',
      reasons: [
        { rule: 'by-hand/1', level: 'orange' },
        { rule: alone, level: 'red' },
      ],
    }
    expect(dueOn(facts(three, [aside], { colour: 'orange' }))).toBe('2026-11-15')
  })

  it('leaves a life event its own', () => {
    const after = dueOf(facts(three, [red], { lifeEventOn: '2026-11-02' }))
    expect(after).toEqual({ on: '2026-11-03', isEvent: true })
  })

  it('says every how many days somebody calls', () => {
    expect(callEvery(facts(three, [red]))).toBe(3)
    expect(callEvery(facts(defaultScheme, [red]))).toBe(7)
    expect(callEvery({ colour: 'grey', subjects: [], scheme: three })).toBe(30)
  })
})

describe('a limit that changed', () => {
  const tighter = carryLimits(defaultScheme, withRed(3), '2026-11-10')
  const due = (lastMet: string, scheme = tighter) => dueOn(facts(scheme, [red], { lastMet }))

  it('makes nobody late for the past: what was due before stays, what comes is due from that day on', () => {
    // Late already by the old limit, and due just before the new one.
    expect([due('2026-10-01'), due('2026-11-02')]).toEqual(['2026-10-08', '2026-11-09'])
    // By the new one late before it held: due on its first day.
    expect([due('2026-11-03'), due('2026-11-07')]).toEqual(['2026-11-10', '2026-11-10'])
    expect([due('2026-11-08'), due('2026-12-01')]).toEqual(['2026-11-11', '2026-12-04'])
  })

  it('that is longer lets nobody off who was late, and all others have it', () => {
    const longer = carryLimits(defaultScheme, withRed(20), '2026-11-10')
    expect([due('2026-11-01', longer), due('2026-11-03', longer)]).toEqual([
      '2026-11-08',
      '2026-11-23',
    ])
  })

  it('of a rule holds from its day as well, also when it is taken away again', () => {
    const own = carryLimits(defaultScheme, withRule(alone, { visitWithin: 3 }), '2026-11-10')
    expect([due('2026-11-02', own), due('2026-11-03', own), due('2026-11-09', own)]).toEqual([
      '2026-11-09',
      '2026-11-10',
      '2026-11-12',
    ])
    const again = carryLimits(own, withRule(alone, { visitWithin: null }, own), '2026-12-01')
    expect([due('2026-11-03', again), due('2026-11-28', again)]).toEqual([
      '2026-11-10',
      '2026-12-05',
    ])
  })

  it('of an event keeps those that were due', () => {
    const scheme = carryLimits(
      defaultScheme,
      {
        ...defaultScheme,
        levels: defaultScheme.levels.map((level) => ({
          ...level,
          visitWithinAfterEvent: level.key === 'red' ? 3 : null,
        })),
      },
      '2026-11-10',
    )
    const on = (lifeEventOn: string) =>
      dueOn(facts(scheme, [red], { lifeEventOn, lastMet: '2026-11-04' }))
    expect([on('2026-11-05'), on('2026-11-10')]).toEqual(['2026-11-06', '2026-11-11'])
    expect(dueOn(facts(scheme, [red], { lifeEventOn: '2026-11-12', lastMet: '2026-11-11' }))).toBe(
      '2026-11-15',
    )
  })

  it('that was to come and is changed before is forgotten, and the one in force still counts', () => {
    const again = carryLimits(tighter, withRed(5, tighter), '2026-11-08')
    expect(again.levels[0]?.earlier).toEqual([
      { until: '2026-11-08', visitWithin: 7, visitWithinAfterEvent: 1 },
    ])
    const back = carryLimits(tighter, withRed(3, tighter), '2026-12-01')
    expect(back.levels[0]?.earlier).toEqual(tighter.levels[0]?.earlier)
  })

  it('is the only change that there is to see', () => {
    expect(changesLimits(defaultScheme, defaultScheme)).toBe(false)
    expect(changesLimits(defaultScheme, withRed(3))).toBe(true)
    expect(changesLimits(defaultScheme, withRule(alone, { visitWithin: 3 }))).toBe(true)
    expect(changesOf(defaultScheme, tighter).levels.map(({ key }) => key)).toEqual(['red'])
    expect(isUnchanged(changesOf(tighter, carryLimits(tighter, tighter, '2027-01-01')))).toBe(true)
    expect(
      isUnchanged(
        changesOf(defaultScheme, carryLimits(defaultScheme, defaultScheme, '2027-01-01')),
      ),
    ).toBe(true)
  })

  it('never makes a call late on the day from which it holds that was not late by the one before', () => {
    const days = fc.integer({ min: 1, max: 366 })
    fc.assert(
      fc.property(
        days,
        days,
        days,
        fc.integer({ min: 0, max: 800 }),
        (first, second, third, ago) => {
          const from = '2026-11-10'
          const one = carryLimits(withRed(first), withRed(second), from)
          const two = carryLimits(one, withRed(third, one), addDays(from, 30))
          const lastMet = addDays(from, -ago)
          const before = due(lastMet, withRed(first))
          const after = due(lastMet, one)
          if (before >= from) expect(after >= from).toBe(true)
          else expect(after).toBe(before)
          if (after >= addDays(from, 30)) expect(due(lastMet, two) >= addDays(from, 30)).toBe(true)
          else expect(due(lastMet, two)).toBe(after)
          // Whoever is met under a limit has just this limit.
          const met = addDays(from, 40)
          expect(daysBetween(met, due(met, two))).toBe(third)
        },
      ),
    )
    expect(numberToDay(0)).toBe('1970-01-01')
  })
})
