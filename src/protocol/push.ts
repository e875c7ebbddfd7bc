/**
 * Push: `POST /api/push`. The device sends its unsent mutations in order of seq; the server answers each one it
 * knows with a receipt. It skips what it has had (with the first answer), stops at a gap, and says which seq it
 * expects next. One bad mutation never stops the others: its receipt is a refusal and its seq is used up.
 */
import * as v from 'valibot'
import { id as uuid, instant } from '#domain/field.ts'
import { maxPush, receiptSchema } from './mutation.ts'

export const pushRequestSchema = v.looseObject({
  protocol: v.pipe(v.number(), v.integer()),
  device: uuid,
  /** The device's clock at sending, to measure its skew. */
  sentAt: instant,
  /** Parsed one by one on the server, so that a malformed one is refused alone. */
  mutations: v.pipe(v.array(v.unknown()), v.maxLength(maxPush)),
})
export type PushRequest = v.InferOutput<typeof pushRequestSchema>

export const pushResponseSchema = v.looseObject({
  ok: v.literal(true),
  receipts: v.array(receiptSchema),
  /** The next seq the server expects of this device. */
  expected: v.number(),
  /** The server's clock. */
  now: v.string(),
})
export type PushResponse = v.InferOutput<typeof pushResponseSchema>
