/** Five-colour record 五色记录: which colour a subject had from when, and why. Append-only, written by the server. */
import * as v from 'valibot'
import { choice, day, id, list, maybe, text, whole } from './field.ts'
import { colourKeys } from './level.ts'

/** One rule that fired. `facts` fill the rule's words: `{age}` and the like. */
export const reasonSchema = v.looseObject({
  rule: text(60),
  level: choice(colourKeys),
  facts: maybe(v.record(v.string(), v.union([v.string(), v.number()]))),
})
export type Reason = v.InferOutput<typeof reasonSchema>

export const colourSchema = v.looseObject({
  subject: id,
  subjectKind: choice(['resident', 'dwelling']),
  colour: choice(colourKeys),
  /** Id of the scheme record and the number of its version. */
  scheme: id,
  schemeVersion: whole(1, 1_000_000),
  reasons: list(reasonSchema, 40),
  from: day,
  /** The next day on which time alone could change it; null where none. */
  until: maybe(day),
  cause: choice(['facts', 'scheme', 'calendar', 'override']),
})
export type ColourRecord = v.InferOutput<typeof colourSchema>
