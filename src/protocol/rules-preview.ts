/**
 * `POST /api/requests/preview`: what a catalogue or a calendar would change for the requests of the last month of a
 * place, for whoever may save one. Nothing is written.
 */
import * as v from 'valibot'
import { id as uuid } from '#domain/field.ts'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const draft = v.optional(v.record(v.string(), v.unknown()))

/** Without a catalogue or a calendar the one in force counts. */
export const rulesPreviewRequestSchema = v.looseObject({
  protocol: v.pipe(v.number(), v.integer()),
  place: uuid,
  catalogue: draft,
  calendar: draft,
})
export type RulesPreviewRequest = v.InferOutput<typeof rulesPreviewRequestSchema>

const counts = { total: count, elsewhere: count, sooner: count, later: count }

export const rulesPreviewSchema = v.looseObject({
  ok: v.literal(true),
  /** Requests that came within so many days. */
  days: count,
  ...counts,
  /** Of kinds for which something changes; the most changes first. */
  byItem: v.array(
    v.looseObject({ item: v.nullable(uuid), name: v.nullable(v.string()), ...counts }),
  ),
})
export type RulesPreview = v.InferOutput<typeof rulesPreviewSchema>
