/** Any subject near the limits of the rules, and any scheme that a rule engine might be given. */
import fc from '#tests/support/fast-check.ts'
import { addDays, dayToNumber, numberToDay, type Day } from '#domain/day.ts'
import { defaultScheme } from '#domain/default-scheme.ts'
import { dwellingUses } from '#domain/dwelling.ts'
import { dwellingFacts, residentFacts, type Subject } from '#domain/facts.ts'
import { levelKeys } from '#domain/level.ts'
import type { Override } from '#domain/override.ts'
import { careTags } from '#domain/resident.ts'
import type { Condition, Rule, Scheme } from '#domain/scheme.ts'
import { dwellingSubject, residentSubject, tag } from './subjects.ts'

export const today = '2026-11-23'

/** Days near enough to today that clocks run out within a year, and some far ones. */
const near: fc.Arbitrary<Day> = fc
  .integer({ min: -420, max: 420 })
  .map((count) => addDays(today, count))
const birth = fc.oneof(
  // Birthdays that matter to rules, just ahead or just past.
  fc
    .tuple(fc.constantFrom(0, 1, 14, 16, 18, 60, 80), fc.integer({ min: -420, max: 420 }))
    .map(([years, days]) =>
      numberToDay(dayToNumber(addDays(today, days)) - Math.round(years * 365.2425)),
    ),
  fc.constantFrom('2004-02-29', '1964-02-29', '1944-02-29', '1966-12-31'),
)
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null })
const tags = fc
  .uniqueArray(
    fc.record({
      name: fc.constantFrom(...careTags),
      from: near,
      until: maybe(near),
      grade: maybe(fc.integer({ min: 1, max: 4 })),
    }),
    { selector: (held) => held.name, maxLength: 5 },
  )
  .map((held) => held.map(({ name, ...more }) => tag(name, more)))

const ruleKeys = defaultScheme.rules.map(({ key }) => key)
const account = fc.constantFrom(
  '01900000-0000-7000-8000-0000000000a1',
  '01900000-0000-7000-8000-0000000000a2',
)
/** Colours by hand: in time or not, looked at or not, over some of the rules. */
export const override: fc.Arbitrary<Override> = fc
  .record({
    id: fc.uuid(),
    colour: fc.constantFrom(...levelKeys),
    from: fc.integer({ min: -60, max: 10 }).map((count) => addDays(today, count)),
    days: fc.integer({ min: 0, max: 90 }),
    by: account,
    over: fc.oneof(fc.constant(ruleKeys), fc.subarray(ruleKeys)),
    withdrawnOn: fc.option(near, { nil: null, freq: 4 }),
    review: maybe(
      fc.record({ verdict: fc.constantFrom('agreed', 'agreed', 'refused'), by: account, on: near }),
    ),
  })
  .map(({ days, ...one }) => ({ ...one, words: '样例', until: addDays(one.from, days) }))
const overrides = fc.option(fc.array(override, { maxLength: 3 }), { nil: null, freq: 2 })

const resident = fc.record({
  overrides,
  birth: maybe(birth),
  tags,
  residence: maybe(fc.constantFrom('1', '2', '3', '4')),
  hukouDivision: maybe(fc.constantFrom('330111', '330106', '341221')),
  arrivedOn: maybe(near),
  registeredOn: maybe(near),
  permitType: maybe(fc.constant('01')),
  permitExpires: maybe(near),
  verifiedOn: maybe(near),
  addressChangedOn: maybe(near),
})
const hazard = fc.record({
  id: fc.uuid(),
  type: fc.constantFrom('01', '02'),
  toLife: fc.boolean(),
  found: near,
  cleared: maybe(near),
})
const dwelling = fc.record({
  overrides,
  use: maybe(fc.constantFrom(...dwellingUses)),
  hazards: fc.array(hazard, { maxLength: 2 }),
})
const dispute = fc.record({
  id: fc.uuid(),
  serious: fc.boolean(),
  found: near,
  settled: maybe(near),
})
const household = fc.record({ disputes: fc.array(dispute, { maxLength: 2 }) })

export const subject: fc.Arbitrary<Subject> = fc.oneof(
  fc
    .record({
      resident,
      household,
      dwelling: maybe(dwelling),
      others: fc.array(fc.record({ birth: maybe(birth) }), { maxLength: 3 }),
      lastMet: maybe(near),
    })
    .map(residentSubject),
  fc
    .tuple(dwelling, fc.array(resident, { maxLength: 2 }), maybe(near))
    .map(([fields, people, lastMet]) => dwellingSubject(fields, people, lastMet)),
)

const factNames = [...new Set([...Object.keys(residentFacts), ...Object.keys(dwellingFacts)])]
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    fact: fc.constantFrom(...factNames, 'of-a-newer-version'),
    op: fc.constantFrom('is' as const, 'at-least' as const, 'at-most' as const),
    value: fc.oneof(
      fc.boolean(),
      fc.integer({ min: -40, max: 120 }),
      fc.constantFrom('rental', 'vacant'),
    ),
  }),
  fc.record({
    fact: fc.constantFrom(...factNames),
    op: fc.constant('any-of' as const),
    value: fc.subarray(['rental', 'own', 'true', '2']),
  }),
)
export const condition = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    { weight: 3, arbitrary: leaf },
    { weight: 1, arbitrary: fc.record({ all: fc.array(tie('condition'), { maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ any: fc.array(tie('condition'), { maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ not: tie('condition') }) },
  ),
})).condition

export const scheme: fc.Arbitrary<Scheme> = fc
  .array(
    fc.record({
      subject: fc.constantFrom('resident' as const, 'dwelling' as const),
      level: fc.constantFrom(...levelKeys),
      when: condition,
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((rules) => ({
    ...defaultScheme,
    rules: rules.map((rule, index): Rule => ({
      ...rule,
      key: `rule-${index}`,
      words: '规则',
      wordsEn: 'rule',
    })),
  }))
