/** Visit 走访: one contact with a household or resident. Append-only. */
import * as v from 'valibot'
import { choice, flag, id, instant, list, maybe, text } from './field.ts'

/** 上门, 电话, 视频, 邻里. */
export const visitChannels = ['door', 'telephone', 'video', 'neighbour'] as const
/** 见面, 未遇, 拒访, 空置. Only `met` verifies anything. */
export const visitOutcomes = ['met', 'not-met', 'refused', 'vacant'] as const

export const visitSchema = v.looseObject({
  household: id,
  /** The one resident visited; null where the visit was to the household. */
  resident: maybe(id),
  channel: choice(visitChannels),
  outcome: choice(visitOutcomes),
  unchanged: flag,
  /** Names of the fields that changed in the same batch. */
  changed: maybe(list(text(40), 60)),
  note: maybe(text(500)),
  at: instant,
  /** What the device's clock said, where that cannot be true: `at` is the moment of its receipt then. */
  saidAt: maybe(instant),
})
export type Visit = v.InferOutput<typeof visitSchema>
