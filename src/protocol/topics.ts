/**
 * `GET /api/topics/:stream/:topic`: what the doors of a topic said, counted across grids; for whoever has the stream in
 * which the topic stands.
 */
import * as v from 'valibot'
import { id as uuid } from '#domain/field.ts'
import { tallySchema } from '#domain/topics/topic.ts'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

export const topicTallySchema = v.looseObject({
  ok: v.literal(true),
  at: v.string(),
  /** As the server said it for good where it is final; else as it stands at this moment. */
  tally: tallySchema,
  isFinal: v.boolean(),
  /** While it is closed and not final: devices that had the topic and may still bring voices, and until when they are waited for. */
  devicesAwaited: count,
  finalBy: v.nullable(v.string()),
  /** Said after the cut, or come after the tally was final: kept and not counted. */
  late: count,
  /** Of those the ones in streams of the account's own. */
  lateVoices: v.array(uuid),
  /** By the place in which doors stand, as it is at this moment. */
  places: v.array(v.looseObject({ stream: uuid, tally: tallySchema })),
})
export type TopicTally = v.InferOutput<typeof topicTallySchema>
