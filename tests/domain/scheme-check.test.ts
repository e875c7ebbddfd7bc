import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { colourOf } from '#domain/colour-of.ts'
import { defaultScheme } from '#domain/default-scheme.ts'
import { evaluate } from '#domain/evaluate.ts'
import type { Condition, Rule, Scheme } from '#domain/scheme.ts'
import { changesOf, isUnchanged } from '#domain/scheme-changes.ts'
import { faultsOf, findingsOf } from '#domain/scheme-check.ts'
import { createWorkingCalendar } from '#domain/working-days.ts'
import { scheme, subject, today } from './some-scheme.ts'
import { residentSubject } from './subjects.ts'

const rule = (when: Condition, more: Partial<Rule> = {}): Rule => ({
  key: 'one',
  subject: 'resident',
  level: 'yellow',
  when,
  words: '规则',
  wordsEn: 'rule',
  ...more,
})
const withRules = (...rules: Rule[]): Scheme => ({ ...defaultScheme, rules })
const age = (op: 'at-least' | 'at-most' | 'is', value: number): Condition => ({
  fact: 'age',
  op,
  value,
})
const alone: Condition = { fact: 'livesAlone', op: 'is', value: true }
const find = (...rules: Rule[]) =>
  findingsOf(withRules(...rules)).map(({ finding, rule: key, by }) => [finding, key, ...by])

describe('faults', () => {
  it('has the default scheme none, and no finding either but what is meant so', () => {
    expect(faultsOf(defaultScheme)).toEqual([])
    expect(findingsOf(defaultScheme)).toEqual([])
  })

  it.each<[string, Scheme, unknown]>([
    ['no level', { ...withRules(), levels: [] }, { fault: 'no-levels' }],
    [
      'a level twice',
      { ...withRules(), levels: [...defaultScheme.levels, ...defaultScheme.levels.slice(0, 1)] },
      { fault: 'same-level', level: 'red' },
    ],
    ['a key twice', withRules(rule(alone), rule(alone)), { fault: 'same-key', rule: 'one' }],
    [
      'a level that is not there',
      { ...withRules(rule(alone)), levels: defaultScheme.levels.slice(0, 2) },
      { fault: 'level-missing', rule: 'one', level: 'yellow' },
    ],
    [
      'a fact of the other kind of subject',
      withRules(rule({ not: { all: [{ fact: 'use', op: 'is', value: 'own' }] } })),
      { fault: 'unknown-fact', rule: 'one', fact: 'use' },
    ],
    [
      'what every object has',
      withRules(rule({ fact: 'constructor', op: 'is', value: true })),
      { fault: 'unknown-fact', rule: 'one', fact: 'constructor' },
    ],
    [
      'a count compared with a word',
      withRules(rule({ fact: 'age', op: 'is', value: 'old' })),
      { fault: 'wrong-value', rule: 'one', fact: 'age' },
    ],
    [
      'half a year',
      withRules(rule(age('at-least', 79.5))),
      { fault: 'wrong-value', rule: 'one', fact: 'age' },
    ],
    [
      'an order among flags',
      withRules(rule({ fact: 'tenant', op: 'at-least', value: 1 })),
      { fault: 'wrong-value', rule: 'one', fact: 'tenant' },
    ],
    [
      'a choice that there is not',
      withRules(rule({ fact: 'use', op: 'any-of', value: ['castle'] }, { subject: 'dwelling' })),
      { fault: 'wrong-value', rule: 'one', fact: 'use' },
    ],
    [
      'words with a fact that there is not',
      withRules(rule(alone, { words: '{height}厘米' })),
      { fault: 'unknown-slot', rule: 'one', fact: 'height' },
    ],
    ['an empty group', withRules(rule({ any: [] })), { fault: 'empty-group', rule: 'one' }],
  ])('%s', (_, wrong, fault) => {
    expect(faultsOf(wrong)).toEqual([fault])
  })
})

describe('findings', () => {
  it('a rule whose parts exclude each other never fires', () => {
    expect(find(rule({ all: [age('at-least', 80), age('at-most', 60)] }))).toEqual([
      ['never', 'one'],
    ])
    expect(find(rule({ all: [alone, { not: alone }] }))).toEqual([['never', 'one']])
    expect(
      find(rule({ all: [{ any: [age('is', 1), age('is', 2)] }, age('at-least', 3)] })),
    ).toEqual([['never', 'one']])
    expect(find(rule({ all: [age('at-least', 60), age('at-most', 60)] }))).toEqual([])
  })

  it('a rule that holds of everybody is said so; what is not known counts', () => {
    expect(find(rule({ any: [alone, { not: alone }] }))).toEqual([['always', 'one']])
    // Of somebody whose birth is not known neither holds.
    expect(find(rule({ any: [age('at-least', 60), age('at-most', 59)] }))).toEqual([])
    expect(find(rule({ any: [age('at-least', 60), { not: age('at-least', 60) }] }))).toEqual([
      ['always', 'one'],
    ])
  })

  it('a milder rule behind a more urgent one that always fires with it never decides', () => {
    const old = rule(age('at-least', 80), { key: 'old', level: 'red' })
    const older = rule({ all: [age('at-least', 90), alone] }, { key: 'older' })
    expect(find(old, older)).toEqual([['hidden', 'older', 'old']])
    expect(find(older, old)).toEqual([['hidden', 'older', 'old']])
    expect(find(old, { ...older, subject: 'dwelling', when: { all: [] } })).not.toContainEqual([
      'hidden',
      'older',
      'old',
    ])
    expect(find({ ...old, level: 'yellow' }, older)).toEqual([])
    expect(find(old, rule(age('at-least', 79), { key: 'younger' }))).toEqual([])
    const young = rule(age('at-most', 3), { key: 'young', level: 'orange' })
    const either = rule({ any: [age('is', 2), age('at-least', 95)] }, { key: 'either' })
    expect(find(old, young, either)).toEqual([['hidden', 'either', 'young', 'old']])
  })

  it('are certain: what the engine does agrees with every one of them', () => {
    let claims = 0
    fc.assert(
      fc.property(scheme, fc.array(subject, { minLength: 12, maxLength: 12 }), (one, people) => {
        const calendar = createWorkingCalendar(one)
        for (const { finding, rule: key } of findingsOf(one)) {
          claims += 1
          const found = one.rules.find((held) => held.key === key)
          for (const person of people.filter(({ kind }) => kind === found?.subject)) {
            const { holds } = evaluate(found?.when ?? { all: [] }, person, today, calendar)
            if (finding === 'never') expect(holds).toBe(false)
            if (finding === 'always') expect(holds).toBe(true)
            if (finding === 'hidden' && holds) {
              expect(colourOf(person, one, today).colour).not.toBe(found?.level)
            }
          }
        }
      }),
      { numRuns: 400 },
    )
    expect(claims).toBeGreaterThan(100)
  })

  it('are not claimed of a rule with more cases than anybody looks through', () => {
    const pair = (from: number): Condition => ({
      any: [age('is', from), { not: age('is', from + 1) }],
    })
    const wide = rule({ all: Array.from({ length: 24 }, (_, index) => pair(index * 2)) })
    expect(find(wide)).toEqual([])
  })
})

describe('changes between two versions', () => {
  it('are none for the same content in another order', () => {
    const turned: Scheme = {
      ...defaultScheme,
      rules: [...defaultScheme.rules].reverse(),
      holidays: [...defaultScheme.holidays].reverse(),
      levels: defaultScheme.levels.map(({ key, ...level }) => ({ ...level, key })),
    }
    expect(isUnchanged(changesOf(defaultScheme, turned))).toBe(true)
    // And so no colour differs.
    fc.assert(
      fc.property(subject, (one) => {
        expect(colourOf(one, turned, today)).toEqual(colourOf(one, defaultScheme, today))
      }),
      { numRuns: 50 },
    )
  })

  it('name each rule, level and day that came, went or differs', () => {
    const [first, second, ...rest] = defaultScheme.rules
    if (!first || !second) throw new Error('no rules')
    const after: Scheme = {
      ...defaultScheme,
      rules: [{ ...first, level: 'orange' }, ...rest, rule(alone, { key: 'new' })],
      levels: defaultScheme.levels.map((level) =>
        level.key === 'red' ? { ...level, visitWithin: 5 } : level,
      ),
      holidays: [...defaultScheme.holidays, '2027-12-31'],
    }
    const changes = changesOf(defaultScheme, after)
    expect(changes.rules.map(({ key, before, after: now }) => [key, !!before, !!now])).toEqual([
      [first.key, true, true],
      [second.key, true, false],
      ['new', false, true],
    ])
    expect(changes.levels.map(({ key }) => key)).toEqual(['red'])
    expect(changes.holidays).toEqual({ added: ['2027-12-31'], removed: [] })
    expect(isUnchanged(changes)).toBe(false)
  })
})

it('a fact that is not known makes no comparison hold, and its opposite does', () => {
  const nobody = residentSubject({ resident: { birth: null } })
  const calendar = createWorkingCalendar(defaultScheme)
  expect(evaluate(age('at-least', 0), nobody, today, calendar).holds).toBe(false)
  expect(evaluate({ not: age('at-least', 0) }, nobody, today, calendar).holds).toBe(true)
})
