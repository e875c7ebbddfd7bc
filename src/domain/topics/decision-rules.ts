/** By which rule a topic is decided: numbers with the ground that they stand on, as data that goes along with the topic. */
import * as v from 'valibot'
import { flag, maybe, text, whole } from '../field.ts'

/** A share: at least `parts` of `of`; with `beyond` more than that. */
export const shareSchema = v.looseObject({
  parts: whole(1, 100),
  of: whole(1, 100),
  beyond: maybe(flag),
})
export type Share = v.InferOutput<typeof shareSchema>

export const decisionRuleSchema = v.looseObject({
  /** Of the list below, or an office's own word. */
  key: text(30),
  /** What says so: a law with its article, or that the doors agreed on it. */
  ground: text(80),
  /** Of all doors, how many have to take part; null where nothing is asked. */
  takePart: maybe(shareSchema),
  /** Of the doors that take part, how many have to say yes; null where doors are heard and nothing is decided. */
  agree: maybe(shareSchema),
})
export type DecisionRule = v.InferOutput<typeof decisionRuleSchema>

const twoThirds: Share = { parts: 2, of: 3 }
const moreThanHalf: Share = { parts: 1, of: 2, beyond: true }

/**
 * What an office chooses from. The Civil Code counts by owners and by the area of what they own; areas are not in the
 * register, so doors are counted alone, and every place that shows a result says so.
 */
export const decisionRules = [
  // Use of the maintenance fund and other common matters.
  {
    key: 'fund-use',
    ground: '民法典第278条第1款第5项',
    takePart: twoThirds,
    agree: moreThanHalf,
  },
  // Raising the fund, rebuilding (a lift among it), another use of what is common.
  {
    key: 'rebuild',
    ground: '民法典第278条第1款第6至8项',
    takePart: twoThirds,
    agree: { parts: 3, of: 4 },
  },
  {
    key: 'village',
    ground: '村民委员会组织法第22条',
    takePart: twoThirds,
    agree: moreThanHalf,
  },
  {
    key: 'all-doors',
    ground: '各户商定',
    takePart: { parts: 1, of: 1 },
    agree: { parts: 1, of: 1 },
  },
  { key: 'heard-only', ground: '只听意见，不作决定', takePart: null, agree: null },
] as const satisfies readonly DecisionRule[]
export type DecisionRuleKey = (typeof decisionRules)[number]['key']

/** Whether a number of doors is a share of others. Whole numbers alone: two thirds of 300 are 200 and not 200.00000001. */
export function isShare(count: number, all: number, { parts, of, beyond }: Share): boolean {
  const [mine, asked] = [count * of, all * parts]
  return beyond ? mine > asked : mine >= asked
}
