/**
 * Photographs travel beside the records (docs/decisions/0074). The record goes with a push; the picture follows in a
 * lane of its own, sealed, in chunks:
 *
 * `PUT /api/photos/:stream/:photo/:index/:hash` brings one chunk (application/octet-stream), as often and in whatever
 * order the line allows; the answer says which the server has. `GET /api/photos/:stream/:photo` asks the same.
 * `GET /api/photos/:stream/:photo/:index` gives one back, of a photograph whose picture is whole.
 *
 * There are no offsets, so nothing can be out of step. Since version 3.
 */
import * as v from 'valibot'
import { photoRefusals } from '#domain/photo.ts'

const index = v.pipe(v.number(), v.integer(), v.minValue(0))

export const photoPath = (stream: string, photo: string): string => `/api/photos/${stream}/${photo}`
export const chunkPath = (stream: string, photo: string, at: number): string =>
  `${photoPath(stream, photo)}/${at}`
export const putChunkPath = (stream: string, photo: string, at: number, hash: string): string =>
  `${chunkPath(stream, photo, at)}/${hash}`

export const photoStateSchema = v.looseObject({
  ok: v.literal(true),
  /** The chunks that the server has, in order. */
  have: v.array(index),
  /** All came, were opened, and are the picture that the record names: the only proof of arrival. */
  arrived: v.boolean(),
  /** All came and are no picture that is kept: none of them is there any more. */
  refused: v.optional(v.picklist(photoRefusals)),
})
export type PhotoState = v.InferOutput<typeof photoStateSchema>

export const chunkAnswerSchema = v.looseObject({
  ok: v.literal(true),
  /** Sealed, base64. */
  chunk: v.pipe(v.string(), v.base64()),
})
export type ChunkAnswer = v.InferOutput<typeof chunkAnswerSchema>
