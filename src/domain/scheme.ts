/**
 * The colour scheme is data: levels and rules that an administrator edits. This file says what a scheme is;
 * `colour-of.ts` evaluates it, `default-scheme.ts` holds the one that the product starts with.
 */
import * as v from 'valibot'
import { choice, day, list, maybe, text, whole } from './field.ts'
import { levelKeys } from './level.ts'
import { visitChannels } from './visit.ts'

const limit = maybe(whole(1, 366))
/**
 * The limits of before, the oldest first: a call that was due before `until` keeps its day (`visit-limits.ts`). Of a rule
 * without days its colour's limit held.
 */
const earlier = maybe(
  list(v.looseObject({ until: day, visitWithin: limit, visitWithinAfterEvent: limit }), 10),
)

export const levelSchema = v.looseObject({
  key: choice(levelKeys),
  /** The word beside the colour, e.g. 重点关注; and in English. */
  word: text(12),
  wordEn: text(40),
  /** The mark beside the colour, one character: ▲ ◆ ● ■ ✓. */
  mark: text(2),
  /** A visit is due within so many days of the last one. */
  visitWithin: whole(1, 366),
  /** After a life event that nobody called about yet, within so many days instead: 1 for 24 hours. */
  visitWithinAfterEvent: limit,
  earlier,
})
export type Level = v.InferOutput<typeof levelSchema>

/**
 * A condition over the facts of a subject (`facts.ts` lists them with their types).
 * `is` and `any-of` compare values; `at-least` and `at-most` compare numbers;
 * time facts (age, days and months and working days since or until a day) are numbers of the day asked about.
 */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | {
      readonly fact: string
      readonly op: 'is' | 'at-least' | 'at-most'
      readonly value: string | number | boolean
    }
  | { readonly fact: string; readonly op: 'any-of'; readonly value: readonly string[] }

export const conditionSchema: v.GenericSchema<Condition> = v.union(
  [
    v.strictObject({ all: v.lazy(() => list(conditionSchema, 30)) }),
    v.strictObject({ any: v.lazy(() => list(conditionSchema, 30)) }),
    v.strictObject({ not: v.lazy(() => conditionSchema) }),
    v.strictObject({
      fact: text(60),
      op: choice(['is', 'at-least', 'at-most']),
      value: v.union([v.string(), v.number(), v.boolean()]),
    }),
    v.strictObject({ fact: text(60), op: choice(['any-of']), value: list(v.string(), 60) }),
  ],
  'wrong-shape',
)

export const ruleSchema = v.looseObject({
  key: text(60),
  subject: choice(['resident', 'dwelling']),
  level: choice(levelKeys),
  when: conditionSchema,
  /** The reason in plain words; `{fact}` is filled with the value, e.g. "{age}岁独居". */
  words: text(80),
  wordsEn: text(160),
  /** Its own limit in days, in place of its colour's. */
  visitWithin: limit,
  earlier,
})
export type Rule = v.InferOutput<typeof ruleSchema>

/** Whom somebody should meet every month (`coverage.ts`), and which ways of meeting count. */
export const coverageSchema = v.looseObject({
  when: conditionSchema,
  channels: list(choice(visitChannels), 4),
})
export type Coverage = v.InferOutput<typeof coverageSchema>

export const schemeSchema = v.looseObject({
  name: text(40),
  schemeVersion: whole(1, 1_000_000),
  levels: list(levelSchema, 5),
  rules: list(ruleSchema, 200),
  /** Not said before version 0.2.0: the product's own counts then. */
  coverage: maybe(coverageSchema),
  /** Public holidays on which nobody works, and weekend days that are worked instead. */
  holidays: list(day, 2_000),
  workedWeekends: list(day, 2_000),
  from: day,
})
export type Scheme = v.InferOutput<typeof schemeSchema>
