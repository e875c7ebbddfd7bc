/** Colours by hand: who is believed, for how long, and against what. */
import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { colourByRules, colourOf, reasonWords } from '#domain/colour-of.ts'
import { addDays } from '#domain/day.ts'
import { defaultScheme } from '#domain/default-scheme.ts'
import type { Subject } from '#domain/facts.ts'
import { levelKeys, urgency } from '#domain/level.ts'
import {
  byHandRule,
  mayPropose,
  needsReview,
  overrideOfRule,
  stateOf,
  type Override,
} from '#domain/override.ts'
import { problemsOfNew } from '#domain/schemas.ts'
import { scheme, subject, today } from './some-scheme.ts'
import { dwellingSubject, person, residentSubject, tag } from './subjects.ts'

const id = (last: number) => `01900000-0000-7000-8000-${String(last).padStart(12, '0')}`
const one = (more: Partial<Override> = {}): Override => ({
  id: id(1),
  colour: 'orange',
  words: '样例：刚出院',
  from: today,
  until: addDays(today, 30),
  by: id(50),
  over: [],
  ...more,
})
const agreed = { verdict: 'agreed' as const, by: id(51), on: today }
const poor = (...overrides: Override[]) =>
  residentSubject({ resident: { tags: [tag('dibao')], overrides } })
const colour = (of: Subject, day = today) => colourOf(of, defaultScheme, day).colour

const overridesOf = (of: Subject): readonly Override[] =>
  (of.kind === 'resident' ? of.context.resident.overrides : of.context.dwelling.overrides) ?? []

describe('whatever the rules and whoever speaks', () => {
  it('a milder colour never comes without a second person who saw every reason', () => {
    let milder = 0
    fc.assert(
      fc.property(subject, fc.oneof(scheme, fc.constant(defaultScheme)), (of, by) => {
        const rules = colourByRules(of, by, today)
        const found = colourOf(of, by, today)
        if (urgency(found.colour) <= urgency(rules.colour)) return
        milder += 1
        const used = overrideOfRule(found.reasons[0]?.rule ?? '')
        const evidence = overridesOf(of).find((held) => held.id === used)
        expect(evidence?.review?.verdict).toBe('agreed')
        for (const { rule, level } of rules.reasons) {
          if (urgency(level) < urgency(found.colour)) expect(evidence?.over).toContain(rule)
        }
      }),
      { numRuns: 600 },
    )
    expect(milder).toBeGreaterThan(0)
  })

  it('nobody is green or blue whom nobody ever verified', () => {
    fc.assert(
      fc.property(subject, (of) => {
        if (colourByRules(of, defaultScheme, today).colour !== 'grey') return
        expect(['blue', 'green']).not.toContain(colour(of))
      }),
      { numRuns: 300 },
    )
  })

  it('a word that is over, refused or withdrawn counts for nothing', () => {
    fc.assert(
      fc.property(subject, (of) => {
        const ended = overridesOf(of).every(
          (held) => !['open', 'agreed'].includes(stateOf(held, today)),
        )
        if (!ended) return
        expect(colourOf(of, defaultScheme, today)).toEqual(colourByRules(of, defaultScheme, today))
      }),
      { numRuns: 300 },
    )
  })

  it('how late a visit is changes no colour', () => {
    fc.assert(
      fc.property(subject, fc.integer({ min: 1, max: 400 }), (of, days) => {
        const { lastMet } = of.context
        if (lastMet === null) return
        const earlier = addDays(lastMet, -days)
        const changed =
          of.kind === 'resident' ? (of.context.resident.addressChangedOn ?? null) : null
        // A visit before a move verified the old address: that is a fact, not lateness.
        if (changed !== null && earlier < changed) return
        const late = { ...of, context: { ...of.context, lastMet: earlier } } as Subject
        expect(colourOf(late, defaultScheme, today)).toEqual(colourOf(of, defaultScheme, today))
      }),
      { numRuns: 300 },
    )
  })
})

describe('a colour by hand', () => {
  it('that is more urgent counts from its first to its last day, and says so itself', () => {
    const of = poor(one())
    expect(colour(of, addDays(today, -1))).toBe('yellow')
    expect(colour(of)).toBe('orange')
    expect(colour(of, addDays(today, 30))).toBe('orange')
    expect(colour(of, addDays(today, 31))).toBe('yellow')
    const found = colourOf(of, defaultScheme, today)
    expect(found.until).toBe(addDays(today, 31))
    expect(found.reasons.map((reason) => reasonWords(reason, defaultScheme, 'zh-CN'))).toEqual([
      '样例：刚出院',
      '低保、特困或低边',
    ])
  })

  it('that is milder waits, and covers only what both had seen', () => {
    const milder = one({ colour: 'green', over: ['low-income'] })
    expect(colour(poor(milder))).toBe('yellow')
    expect(colour(poor({ ...milder, review: agreed }))).toBe('green')
    expect(colour(poor({ ...milder, over: [], review: agreed }))).toBe('yellow')
    const since = residentSubject({
      resident: {
        tags: [tag('dibao'), tag('no-labour-capacity')],
        overrides: [{ ...milder, review: agreed }],
      },
    })
    expect(colour(since)).toBe('orange')
    // A milder reason that came later is covered by the colour itself.
    const blue = { ...milder, colour: 'yellow' as const, over: ['no-labour-capacity'] }
    const both = residentSubject({
      resident: {
        tags: [tag('dibao'), tag('no-labour-capacity')],
        overrides: [{ ...blue, review: agreed }],
      },
    })
    expect(colour(both)).toBe('yellow')
  })

  it('of several that count the latest counts', () => {
    const first = one({ from: addDays(today, -5), colour: 'red' })
    const second = one({ id: id(2), colour: 'orange' })
    expect(colour(poor(first, second))).toBe('orange')
    expect(colour(poor(second, first))).toBe('orange')
    expect(colour(poor(first, { ...second, withdrawnOn: today }))).toBe('red')
  })

  it('of a level that the scheme has no more counts for nothing', () => {
    const levels = defaultScheme.levels.filter(({ key }) => key !== 'orange')
    const rules = defaultScheme.rules.filter(({ level }) => level !== 'orange')
    expect(colourOf(poor(one()), { ...defaultScheme, levels, rules }, today).colour).toBe('yellow')
  })

  it('colours a dwelling too', () => {
    expect(colour(dwellingSubject({ overrides: [one({ colour: 'red' })] }))).toBe('red')
  })

  it('has to be of 90 days at most, with a reason and a level', () => {
    const wrong = (more: Partial<Override>) =>
      problemsOfNew('resident', { ...person(), household: id(9), overrides: [one(more)] })
    expect(wrong({})).toEqual([])
    expect(wrong({ until: addDays(today, 90) })).toEqual([])
    for (const until of [addDays(today, 91), addDays(today, -1)]) {
      expect(wrong({ until })).toEqual([{ field: 'overrides', problem: 'override-too-long' }])
    }
    expect(wrong({ words: ' ' })).toHaveLength(1)
    expect(wrong({ colour: 'grey' as 'red' })).toHaveLength(1)
  })

  it('may be asked for where it would say something else, and needs a review where it is milder', () => {
    expect(levelKeys.filter((key) => mayPropose('yellow', key))).toEqual([
      'red',
      'orange',
      'blue',
      'green',
    ])
    expect(levelKeys.filter((key) => mayPropose('grey', key))).toEqual(['red', 'orange', 'yellow'])
    expect(levelKeys.filter((key) => needsReview('yellow', key))).toEqual(['blue', 'green'])
    expect(levelKeys.filter((key) => needsReview('grey', key))).toEqual([])
    expect(overrideOfRule(byHandRule(one()))).toBe(id(1))
    expect(overrideOfRule('aged-80-alone')).toBeNull()
  })
})
