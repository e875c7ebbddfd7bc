/** Meeting 议事会, 选民接待: a day, who received by office, and the matters; each leads to a request, a topic or an answer. */
import * as v from 'valibot'
import { choice, day, id, list, maybe, text } from '../field.ts'

/** 议事会, 选民接待. */
export const meetingKinds = ['council', 'reception'] as const
export type MeetingKind = (typeof meetingKinds)[number]

/** What a matter became. */
export const matterEnds = ['request', 'topic', 'answered'] as const
export type MatterEnd = (typeof matterEnds)[number]

export const matterSchema = v.looseObject({
  id,
  words: text(300),
  became: maybe(choice(matterEnds)),
  /** The request or topic. */
  record: maybe(id),
})
export type Matter = v.InferOutput<typeof matterSchema>

export const meetingSchema = v.looseObject({
  meetingKind: choice(meetingKinds),
  on: day,
  where: maybe(text(60)),
  /** By office (区人大代表, 社区书记): what somebody is there as, and nobody's private data. */
  receivedBy: list(text(40), 20),
  /** The topics that it was held for. */
  topics: maybe(list(id, 20)),
  matters: maybe(list(matterSchema, 60)),
})
export type Meeting = v.InferOutput<typeof meetingSchema>
