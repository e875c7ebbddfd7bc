/**
 * What waits for a decision in grids that a device does not hold. `POST /api/review`: how many clashes and proposed colours in
 * each place, no person. `POST /api/review/pairs`: records that may be one person, slice by slice of all of the account's
 * people, masked, with a purpose and on record.
 */
import * as v from 'valibot'
import { id as uuid } from '#domain/field.ts'
import { revealPurposes } from '#domain/reveal.ts'
import { pairSlices } from '#domain/pair-slices.ts'
import { foundSchema } from './search.ts'

export const reviewPath = '/api/review'
export const pairsPath = '/api/review/pairs'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const protocol = v.pipe(v.number(), v.integer())

export const reviewRequestSchema = v.looseObject({ protocol })

/** Places where nothing waits are not in it. */
export const reviewFiguresSchema = v.looseObject({
  ok: v.literal(true),
  places: v.array(v.looseObject({ id: uuid, clashes: count, colours: count })),
})
export type ReviewFigures = v.InferOutput<typeof reviewFiguresSchema>

export const pairsRequestSchema = v.looseObject({
  protocol,
  purpose: v.picklist(revealPurposes),
  /** From 0 on; there are as many as `pairSlices`. */
  slice: v.pipe(count, v.maxValue(pairSlices.length - 1)),
})

export const pairsAnswerSchema = v.looseObject({
  ok: v.literal(true),
  slices: count,
  pairs: v.array(
    v.looseObject({
      first: foundSchema,
      second: foundSchema,
      score: count,
      reasons: v.array(v.string()),
    }),
  ),
  /** There are more in this slice. */
  more: v.boolean(),
})
export type PairsAnswer = v.InferOutput<typeof pairsAnswerSchema>
