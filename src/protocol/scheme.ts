/**
 * What a scheme would change, before it is saved: `POST /api/scheme/preview`, answered as lines of JSON – one for each
 * community when it is counted, examples and the end line last. Nothing is written. A scheme itself is saved by a push,
 * as a record of kind `scheme` whose `schemeVersion` is one more than the newest.
 */
import * as v from 'valibot'
import { id as uuid } from '#domain/field.ts'
import { colourKeys } from '#domain/level.ts'
import { schemeSchema } from '#domain/scheme.ts'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const colour = v.picklist(colourKeys)
const subject = v.picklist(['resident', 'dwelling'])

export const previewRequestSchema = v.looseObject({
  protocol: v.pipe(v.number(), v.integer()),
  scheme: schemeSchema,
})
export type PreviewRequest = v.InferOutput<typeof previewRequestSchema>

const changeSchema = v.looseObject({ subject, from: colour, to: colour, count })

/** Households to be called on: due today, overdue, and how many a working day of the coming year needs on average. */
const workSchema = v.looseObject({
  today: count,
  overdue: count,
  perDay: v.pipe(v.number(), v.minValue(0)),
})

const gridSchema = v.looseObject({ grid: uuid, now: workSchema, then: workSchema })

export const previewLineSchema = v.variant('type', [
  /** Grids counted so far and in all. */
  v.looseObject({ type: v.literal('progress'), done: count, total: count }),
  /** What would change in a community or village; `total` residents and dwellings were looked at. */
  v.looseObject({
    type: v.literal('place'),
    place: uuid,
    residents: count,
    dwellings: count,
    changes: v.array(changeSchema),
    /** The work of each of its grids, by the scheme in force and by the draft; absent from older servers. */
    grids: v.optional(v.array(gridSchema)),
  }),
  /** Some of those whose colour would change, a few for each change. */
  v.looseObject({
    type: v.literal('example'),
    subject,
    id: uuid,
    stream: uuid,
    from: colour,
    to: colour,
  }),
  v.looseObject({ type: v.literal('end') }),
])
export type PreviewLine = v.InferOutput<typeof previewLineSchema>
export type PreviewGrid = v.InferOutput<typeof gridSchema>
export type PreviewWork = v.InferOutput<typeof workSchema>
export type PreviewChange = v.InferOutput<typeof changeSchema>
