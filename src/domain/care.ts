/**
 * Care 照护安排: what somebody needs, who does it, and when to look at it next. It stands with the resident, as tags do, and
 * goes wherever the person's record goes.
 */
import * as v from 'valibot'
import { choice, day, id, maybe, text } from './field.ts'

/** So many stand with a person at most, those that are over among them. */
export const mostCares = 100

/** 助餐, 助浴, 陪诊, 探访, 家务, 托育, 课后, 其他. */
export const careNeeds = [
  'meals',
  'bathing',
  'clinic',
  'visits',
  'housework',
  'nursery',
  'after-school',
  'other',
] as const
export type CareNeed = (typeof careNeeds)[number]

export const careSchema = v.looseObject({
  id,
  need: choice(careNeeds),
  /** Who does it, in words: a unit, a neighbour, kin. */
  who: text(60),
  /** How often, in words: 每天中午. */
  often: maybe(text(40)),
  from: day,
  until: maybe(day),
  /** When somebody looks next whether it still goes well. */
  look: maybe(day),
  /** It is over; what was stays. */
  endedOn: maybe(day),
  /** The request that it was made from. */
  request: maybe(id),
})
export type Care = v.InferOutput<typeof careSchema>
