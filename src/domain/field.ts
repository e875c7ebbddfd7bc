/**
 * The pieces that record schemas are made of. A schema's messages are problem codes, never sentences:
 * the words beside a field are made of them in the app's word lists, the same for both languages.
 */
import * as v from 'valibot'
import { isDay, isMoment } from './day.ts'
import { hasUnseenLetters } from './storable.ts'
import { cleanText } from './text.ts'

/** Everything that can be wrong with one field. A code is never reused for another meaning. */
export const fieldProblems = [
  'required',
  'wrong-shape',
  'too-long',
  'too-small',
  'too-large',
  'too-many',
  'not-a-day',
  'not-an-instant',
  'day-in-future',
  'day-too-early',
  'not-a-telephone',
  'unknown-choice',
  'id-length',
  'id-characters',
  'id-check-digit',
  'id-birth',
  'id-mismatch-birth',
  'id-mismatch-sex',
  'document-shape',
  'died-before-birth',
  'left-before-arrival',
  'ended-before-begun',
  'guardian-needed',
  'override-too-long',
  'field-off',
  'unseen-letters',
  'field-restricted',
  'consent-needed',
] as const
export type FieldProblemCode = (typeof fieldProblems)[number]

/** One thing wrong with one field; `limit` is the number or text that the words name (a length, a day). */
export interface FieldProblem {
  readonly field: string
  readonly problem: FieldProblemCode
  readonly limit?: number | string
}

const code = (problem: FieldProblemCode) => problem

/** An id is a value and not a text: however it was spelled, it goes on in lower case, as the database writes it. */
export const id = v.pipe(
  v.string(code('wrong-shape')),
  v.uuid(code('wrong-shape')),
  v.toLowerCase(),
)

/**
 * Text of 1 to `max` UTF-16 units, with something to see in it and no letter that a database or a screen cannot hold.
 * Forms and rosters clean before they ask (`text.ts`); this holds whatever any other app sends.
 */
export const text = (max: number) =>
  v.pipe(
    v.string(code('wrong-shape')),
    v.maxLength(max, code('too-long')),
    v.check((value) => cleanText(value).length > 0, code('required')),
    v.check((value) => !hasUnseenLetters(value), code('unseen-letters')),
  )

export const day = v.pipe(v.string(code('wrong-shape')), v.check(isDay, code('not-a-day')))

/** ISO 8601 with its offset from UTC, and a moment that a calendar has: not the 31st of February, nor of the year 0. */
export const instant = v.pipe(
  v.string(code('wrong-shape')),
  v.isoTimestamp(code('not-an-instant')),
  v.check(isMoment, code('not-an-instant')),
)

export const whole = (min: number, max: number) =>
  v.pipe(
    v.number(code('wrong-shape')),
    v.integer(code('wrong-shape')),
    v.minValue(min, code('too-small')),
    v.maxValue(max, code('too-large')),
  )

export const number = (min: number, max: number) =>
  v.pipe(
    v.number(code('wrong-shape')),
    v.finite(code('wrong-shape')),
    v.minValue(min, code('too-small')),
    v.maxValue(max, code('too-large')),
  )

/** A telephone as digits with an optional leading +, 5 to 20 characters, inner hyphens and blanks allowed. */
export const telephone = v.pipe(
  v.string(code('wrong-shape')),
  v.maxLength(20, code('too-long')),
  v.regex(/^\+?\d[\d -]{3,18}\d$/, code('not-a-telephone')),
)

export const choice = <const T extends readonly string[]>(options: T) =>
  v.picklist(options, code('unknown-choice'))

export const flag = v.boolean(code('wrong-shape'))

export const list = <T extends v.GenericSchema>(item: T, max: number) =>
  v.pipe(v.array(item, code('wrong-shape')), v.maxLength(max, code('too-many')))

/** Corners of an outline, longitude before latitude as in GeoJSON (RFC 7946), degrees of WGS 84; it closes itself. */
export const ring = v.pipe(
  v.array(v.tuple([number(-180, 180), number(-90, 90)], code('wrong-shape')), code('wrong-shape')),
  v.minLength(3, code('too-small')),
  v.maxLength(200, code('too-many')),
)

/** An optional field: absent and null both mean "not known"; null is how a patch clears it. */
export const maybe = <T extends v.GenericSchema>(schema: T) => v.nullish(schema)

/** The problems of a failed parse, one for each field, the first found. */
export function issuesToProblems(issues: readonly v.BaseIssue<unknown>[]): FieldProblem[] {
  const byField = new Map<string, FieldProblem>()
  for (const issue of issues) {
    const key = issue.path?.[0]?.key
    const field = typeof key === 'string' ? key : ''
    if (byField.has(field)) continue
    const missing = issue.input === undefined || issue.input === null
    const known = (fieldProblems as readonly string[]).includes(issue.message)
    const problem = missing
      ? 'required'
      : known
        ? (issue.message as FieldProblemCode)
        : 'wrong-shape'
    const requirement = issue.requirement
    const limit =
      typeof requirement === 'number' || typeof requirement === 'string'
        ? { limit: requirement }
        : {}
    byField.set(field, { field, problem, ...limit })
  }
  return [...byField.values()]
}
