/** What is too old for a device to hold of a record's history: `GET /api/history/:stream/:record`. */
import * as v from 'valibot'
import { wireChangeSchema } from './pull.ts'

export const historyAnswerSchema = v.looseObject({
  ok: v.literal(true),
  /** Newest first, and no more than some hundreds; the latest of them stand on the device as well. */
  changes: v.array(wireChangeSchema),
})
export type HistoryAnswer = v.InferOutput<typeof historyAnswerSchema>
