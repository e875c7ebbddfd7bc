import fc from '#tests/support/fast-check.ts'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { colourOf, reasonWords, type Colour } from '#domain/colour-of.ts'
import { addDays, type Day } from '#domain/day.ts'
import type { Subject } from '#domain/facts.ts'
import { defaultScheme } from '#domain/default-scheme.ts'
import { levelKeys } from '#domain/level.ts'
import { schemeSchema, type Condition, type Rule, type Scheme } from '#domain/scheme.ts'
import { scheme, subject, today } from './some-scheme.ts'
import { dwellingSubject, residentSubject, tag } from './subjects.ts'

/** The colour and which rules fired; the numbers in their words grow with every birthday and count for nothing. */
const gist = ({ colour, reasons }: Colour) =>
  [colour, ...reasons.map((reason) => reason.rule)].join(' ')

function staysUntil(one: Subject, by: Scheme): void {
  const { until, ...found } = colourOf(one, by, today)
  if (until !== null) expect(until > today).toBe(true)
  const expected = gist({ ...found, until })
  for (let ahead = 1; ahead <= 400; ahead += 1) {
    const day = addDays(today, ahead)
    if (until !== null && day >= until) break
    const actual = gist(colourOf(one, by, day))
    if (actual !== expected) expect.fail(`${expected} until ${until}, but ${actual} on ${day}`)
  }
}

describe('until', () => {
  it('nothing changes before it under the default scheme', () => {
    fc.assert(
      fc.property(subject, (one) => staysUntil(one, defaultScheme)),
      { numRuns: 60 },
    )
  })

  it('nothing changes before it under any scheme', () => {
    fc.assert(fc.property(subject, scheme, staysUntil), { numRuns: 60 })
  })

  it('is the day itself of each step in a life, one after the other', () => {
    const person = residentSubject({
      resident: {
        birth: '1946-12-01',
        tags: [tag('dibao', { from: '2026-11-25', until: '2026-11-30' })],
      },
      others: [],
    })
    const steps: [Day, string][] = []
    for (let day: Day | null = today; day !== null && steps.length < 10;) {
      const found: Colour = colourOf(person, defaultScheme, day)
      steps.push([day, found.reasons.map((reason) => reason.rule).join(' ')])
      day = found.until
    }
    expect(steps).toEqual([
      ['2026-11-23', 'aged-60-empty-nest'],
      ['2026-11-25', 'aged-60-empty-nest low-income'],
      ['2026-12-01', 'aged-80-alone aged-60-empty-nest'],
    ])
  })

  it('is none where nothing depends on time', () => {
    const rule: Rule = {
      key: 'use',
      subject: 'dwelling',
      level: 'blue',
      when: { fact: 'use', op: 'any-of', value: ['rental'] },
      words: '租',
      wordsEn: 'let',
    }
    const by = { ...defaultScheme, rules: [rule] }
    expect(colourOf(dwellingSubject({ use: 'rental' }), by, today).until).toBeNull()
  })
})

describe('a colour', () => {
  it('does not depend on the order of rules', () => {
    const shuffled = scheme.chain((by) =>
      fc
        .shuffledSubarray(by.rules, { minLength: by.rules.length })
        .map((rules): [Scheme, Scheme] => [by, { ...by, rules }]),
    )
    fc.assert(
      fc.property(subject, shuffled, (one, [by, other]) => {
        expect(colourOf(one, other, today)).toEqual(colourOf(one, by, today))
      }),
    )
  })

  it('is that of the most urgent rule, or green, or grey where nobody verified', () => {
    fc.assert(
      fc.property(subject, scheme, (one, by) => {
        const { colour, reasons } = colourOf(one, by, today)
        const levels = reasons.map((reason) => levelKeys.indexOf(reason.level as 'red'))
        expect(levels).toEqual([...levels].sort((a, b) => a - b))
        if (reasons.length > 0) expect(colour).toBe(reasons[0]?.level)
        else expect(['green', 'grey']).toContain(colour)
      }),
    )
  })

  it('is the same by a scheme that travelled as JSON', () => {
    fc.assert(
      fc.property(subject, scheme, (one, by) => {
        const travelled = v.parse(schemeSchema, JSON.parse(JSON.stringify(by)))
        expect(colourOf(one, travelled, today)).toEqual(colourOf(one, by, today))
      }),
    )
  })

  it('is the mildest that the scheme has where no rule fires', () => {
    const levels = defaultScheme.levels.filter((level) => level.key !== 'green')
    expect(colourOf(residentSubject(), { ...defaultScheme, levels }, today).colour).toBe('blue')
  })
})

describe('conditions', () => {
  const holds = (when: Condition, one: Subject = residentSubject(), day = today) => {
    const rule: Rule = {
      key: 'asked',
      subject: one.kind,
      level: 'red',
      when,
      words: '问',
      wordsEn: 'asked',
    }
    return colourOf(one, { ...defaultScheme, rules: [rule] }, day).colour === 'red'
  }

  it('on facts that this version does not know never hold, and never throw', () => {
    for (const value of [true, 0, 'x']) {
      expect(holds({ fact: 'newer', op: 'is', value })).toBe(false)
      expect(holds({ fact: 'newer', op: 'at-least', value })).toBe(false)
      expect(holds({ fact: 'toString', op: 'at-most', value })).toBe(false)
      expect(holds({ fact: 'constructor', op: 'is', value })).toBe(false)
    }
    expect(holds({ fact: 'newer', op: 'any-of', value: ['x'] })).toBe(false)
  })

  it('on a day that is not known never hold, whichever way they are asked', () => {
    const unknown = residentSubject({ resident: { birth: null } })
    expect(holds({ fact: 'age', op: 'at-least', value: 0 }, unknown)).toBe(false)
    expect(holds({ fact: 'age', op: 'at-most', value: 200 }, unknown)).toBe(false)
  })

  it('of none of the parts: all of them hold, not any', () => {
    expect(holds({ all: [] })).toBe(true)
    expect(holds({ any: [] })).toBe(false)
  })

  it('compare numbers only with numbers', () => {
    expect(holds({ fact: 'verified', op: 'at-least', value: 0 })).toBe(false)
    expect(holds({ fact: 'age', op: 'is', value: '41' })).toBe(false)
    expect(holds({ fact: 'age', op: 'is', value: 41 })).toBe(true)
  })

  it('are exact on a number of days, months or years', () => {
    const one = residentSubject({
      resident: { birth: '1986-11-24', arrivedOn: '2026-08-31', permitExpires: '2026-12-01' },
    })
    const on = (fact: string, value: number, day: Day) => holds({ fact, op: 'is', value }, one, day)
    expect([on('age', 39, '2026-11-23'), on('age', 39, '2026-11-24')]).toEqual([true, false])
    expect(
      ['2026-09-29', '2026-09-30', '2026-10-30', '2026-10-31'].map((day) =>
        on('monthsSinceArrival', 1, day),
      ),
    ).toEqual([false, true, true, false])
    expect(
      ['2026-11-27', '2026-11-28', '2026-11-29'].map((day) => on('daysUntilEndorsement', 3, day)),
    ).toEqual([false, true, false])
  })

  it('count no working day from the day of arrival to the morning after the first', () => {
    const one = residentSubject({ resident: { arrivedOn: '2026-11-20' } })
    const on = (value: number, day: Day) =>
      holds({ fact: 'workingDaysSinceArrival', op: 'is', value }, one, day)
    expect(
      ['2026-11-19', '2026-11-20', '2026-11-21', '2026-11-23'].map((day) => on(0, day)),
    ).toEqual([false, true, true, true])
    expect(['2026-11-23', '2026-11-24'].map((day) => on(1, day))).toEqual([false, true])
  })

  it('with a broken number mean the whole ones that fit', () => {
    const one = residentSubject({ resident: { birth: '1986-11-24' } })
    expect(holds({ fact: 'age', op: 'at-least', value: 38.5 }, one)).toBe(true)
    expect(holds({ fact: 'age', op: 'at-least', value: 39.5 }, one)).toBe(false)
    expect(holds({ fact: 'age', op: 'at-most', value: 39.5 }, one)).toBe(true)
    expect(holds({ fact: 'age', op: 'at-most', value: 38.5 }, one)).toBe(false)
    expect(holds({ fact: 'age', op: 'is', value: 39.5 }, one)).toBe(false)
  })

  it('with numbers beyond every calendar are answered all the same', () => {
    const one = residentSubject({
      resident: { birth: '1986-11-24', arrivedOn: '2026-08-31', permitExpires: '2026-12-01' },
    })
    for (const fact of [
      'age',
      'monthsSinceArrival',
      'workingDaysSinceArrival',
      'daysUntilEndorsement',
    ]) {
      expect(holds({ fact, op: 'at-least', value: 100_000 }, one), fact).toBe(false)
      expect(holds({ fact, op: 'at-most', value: 100_000 }, one), fact).toBe(true)
      expect(holds({ fact, op: 'at-most', value: -100_000 }, one), fact).toBe(false)
    }
  })
})

describe('the words of a reason', () => {
  const aged = { rule: 'aged-80-alone', level: 'red', facts: { age: 85 } } as const

  it('are filled in both languages', () => {
    expect(reasonWords(aged, defaultScheme, 'zh-CN')).toBe('85岁独居')
    expect(reasonWords(aged, defaultScheme, 'en')).toBe('aged 85, living alone')
  })

  it('leave a gap where a fact is missing, and fall back to the key of a rule that is gone', () => {
    expect(reasonWords({ rule: 'aged-80-alone', level: 'red' }, defaultScheme, 'zh-CN')).toBe(
      '岁独居',
    )
    expect(reasonWords({ ...aged, rule: 'old-rule' }, defaultScheme, 'en')).toBe('old-rule')
  })

  it('say the value on the day, also of a day to come', () => {
    const rule: Rule = {
      key: 'soon',
      subject: 'resident',
      level: 'yellow',
      when: { fact: 'daysUntilEndorsement', op: 'at-most', value: 30 },
      words: '还有 {daysUntilEndorsement} 天，来了 {monthsSinceArrival} 个月，{verified}',
      wordsEn: '{daysUntilEndorsement} days, {unknown}',
    }
    const by = { ...defaultScheme, rules: [rule] }
    const one = residentSubject({
      resident: { permitExpires: '2026-12-03', arrivedOn: '2026-08-31' },
    })
    const [reason] = colourOf(one, by, today).reasons
    expect(reason?.facts).toEqual({ daysUntilEndorsement: 10, monthsSinceArrival: 2 })
    expect(reason && reasonWords(reason, by, 'zh-CN')).toBe('还有 10 天，来了 2 个月，')
    expect(reason && reasonWords(reason, by, 'en')).toBe('10 days, ')
  })
})
