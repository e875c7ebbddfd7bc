/**
 * The file of unsent work: what a device could not send, taken to the office by hand. `POST /api/unsent-file` brings
 * it in. It is a push on paper: the same mutations with the same seq, so bringing it in twice, or pushing it
 * afterwards from the device, changes nothing.
 *
 * Sealed with AES-256-GCM under a key that HKDF (RFC 5869) makes of the key that the server holds for the device:
 * the device can seal with it and not open, and whoever finds the file reads nothing.
 */
import * as v from 'valibot'
import { id as uuid } from '#domain/field.ts'
import { receiptSchema } from './mutation.ts'

export const unsentFileFormat = 'wuse unsent work 1'
/** HKDF's info; its salt is 32 zero bytes. */
export const unsentFileInfo = 'wuse unsent 1'
/** What is authenticated with the box. */
export const unsentFileContext = (device: string): string => `wuse unsent file ${device}`
/** A day's work is below 1 MB; this is a month of many hands. */
export const maxUnsentFileBytes = 20_000_000

export const unsentFileSchema = v.looseObject({
  format: v.literal(unsentFileFormat),
  device: uuid,
  /** Base64: a nonce of 12 bytes, the ciphertext, a tag of 16. */
  box: v.pipe(v.string(), v.base64()),
  /**
   * Chunks of photographs whose records the server has or that lie in the box; sealed under keys of their own. Whoever
   * brings the file in sends the box first and then each chunk by itself (`photos.ts`). Since version 3.
   */
  photos: v.optional(
    v.array(
      v.looseObject({
        stream: uuid,
        photo: uuid,
        chunks: v.array(v.pipe(v.string(), v.base64())),
      }),
    ),
  ),
})
export type UnsentFile = v.InferOutput<typeof unsentFileSchema>

/** What the box holds. */
export const unsentContentSchema = v.looseObject({
  /** Parsed one by one, as in a push; in order of seq. */
  mutations: v.array(v.unknown()),
})

export const unsentFileAnswerSchema = v.looseObject({
  ok: v.literal(true),
  /** How many the file held. */
  count: v.number(),
  /** How many of them the register holds now, whether by this file or from before. */
  applied: v.number(),
  /** Those refused, each with its reason; the device shows them under needs attention. */
  refused: v.array(receiptSchema),
})
export type UnsentFileAnswer = v.InferOutput<typeof unsentFileAnswerSchema>
