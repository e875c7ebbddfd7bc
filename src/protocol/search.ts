/**
 * `POST /api/search`: residents and doors of all places of an account, whether or not its device holds them. What is looked for
 * stands in the body and in no log; names come masked, and of numbers only which of them matched.
 */
import * as v from 'valibot'
import { id as uuid } from '#domain/field.ts'
import { revealPurposes } from '#domain/reveal.ts'

export const searchPath = '/api/search'

/** No more are answered: of more the person types on. */
export const mostFound = 20

export const searchRequestSchema = v.looseObject({
  protocol: v.pipe(v.number(), v.integer()),
  purpose: v.picklist(revealPurposes),
  asked: v.pipe(v.string(), v.minLength(1), v.maxLength(60)),
})
export type SearchRequest = v.InferOutput<typeof searchRequestSchema>

export const foundSchema = v.looseObject({
  kind: v.picklist(['resident', 'dwelling']),
  id: uuid,
  stream: uuid,
  matched: v.picklist(['name', 'document', 'telephone', 'room']),
  /** Of a resident, masked; null of a dwelling. */
  name: v.nullable(v.string()),
  sex: v.nullable(v.string()),
  /** Full years; null where it is not known or they do not live there any more. */
  age: v.nullable(v.number()),
  gone: v.nullable(v.picklist(['merged', 'died', 'moved-out'])),
  /** Null where the register does not say. */
  door: v.nullable(
    v.looseObject({
      estate: v.string(),
      building: v.string(),
      units: v.number(),
      unit: v.nullable(v.string()),
      floor: v.number(),
      room: v.string(),
    }),
  ),
  /** The grid's name and that of the place above it. */
  place: v.nullable(v.string()),
  above: v.nullable(v.string()),
})
export type Found = v.InferOutput<typeof foundSchema>

export const searchAnswerSchema = v.looseObject({
  ok: v.literal(true),
  found: v.array(foundSchema),
  /** There are more than these. */
  more: v.boolean(),
})
export type SearchAnswer = v.InferOutput<typeof searchAnswerSchema>
