/**
 * Topic 议题: what neighbours are asked about, which doors it concerns and by which rule it is decided. It stands in the
 * stream of the community that holds all of its doors; what became of it is what its steps lead to (`standing.ts`).
 */
import * as v from 'valibot'
import { choice, id, instant, list, maybe, text, whole } from '../field.ts'
import { decisionRuleSchema } from './decision-rules.ts'

/** A building with all of its doors, one entrance 单元 of it, or one door. */
export const topicPartSchema = v.looseObject({
  building: id,
  /** As the doors of the entrance say it. */
  unit: maybe(text(4)),
  dwelling: maybe(id),
})
export type TopicPart = v.InferOutput<typeof topicPartSchema>

export const mostParts = 200

export const topicSchema = v.looseObject({
  title: text(60),
  words: maybe(text(2_000)),
  parts: v.pipe(list(topicPartSchema, mostParts), v.minLength(1, 'required')),
  rule: decisionRuleSchema,
  /** The request that it was made of, and the matter of a meeting. */
  request: maybe(id),
  meeting: maybe(id),
  at: instant,
  saidAt: maybe(instant),
})
export type Topic = v.InferOutput<typeof topicSchema>

/** 提出 before any step; then 征求意见, 议事, 截止, 计票 by the server, 办结. */
export const topicSteps = ['ask', 'meet', 'close', 'tally', 'decide'] as const
export type TopicStepName = (typeof topicSteps)[number]

/** 立项, 答复, 撤回. */
export const topicOutcomes = ['project', 'answered', 'dropped'] as const
export type TopicOutcome = (typeof topicOutcomes)[number]

const count = whole(0, 1_000_000)
const version = whole(0, Number.MAX_SAFE_INTEGER)

/** What the doors said, counted once and for good. */
export const tallySchema = v.looseObject({
  doors: count,
  yes: count,
  no: count,
  abstain: count,
  /** Doors at which somebody was, and nobody answered. */
  notMet: count,
  /** Doors of which nothing is known. */
  silent: count,
  /** Doors with a sheet of paper that one person alone has entered, or that two entered differently. */
  paperWaiting: count,
})
export type Tally = v.InferOutput<typeof tallySchema>

export const topicStepSchema = v.looseObject({
  topic: id,
  step: choice(topicSteps),
  words: maybe(text(1_000)),
  /** Of `ask`: the last day on which doors are asked, as it was announced. */
  openUntil: maybe(v.pipe(v.string('wrong-shape'), v.isoDate('not-a-day'))),
  /** Of `meet`. */
  meeting: maybe(id),
  /** Of `decide`. */
  outcome: maybe(choice(topicOutcomes)),
  /** Of `tally`, which the server alone says. */
  tally: maybe(tallySchema),
  /**
   * The same by the place in which doors stood then. `upTo`: the version of its stream that was the last then: a voice
   * that came with it or before is in the count, and no other.
   */
  places: maybe(
    list(v.looseObject({ stream: id, tally: tallySchema, upTo: maybe(version) }), 1_000),
  ),
  at: instant,
  saidAt: maybe(instant),
})
export type TopicStep = v.InferOutput<typeof topicStepSchema>
