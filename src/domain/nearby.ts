/** Service 服务点 of a community: what there is nearby, for whom, and whether there is room. No person stands in it. */
import * as v from 'valibot'
import { daysBetween, type Day } from './day.ts'
import { choice, day, flag, maybe, telephone, text } from './field.ts'

/** 助餐, 日间照料, 卫生服务, 托育, 课后, 家政维修, 活动, 其他. */
export const serviceKinds = [
  'meals',
  'day-care',
  'health',
  'nursery',
  'after-school',
  'repairs',
  'activities',
  'other',
] as const
export type ServiceKind = (typeof serviceKinds)[number]

/** Whether there is room, as far as the office heard. */
export const serviceRooms = ['free', 'few', 'full'] as const
export type ServiceRoom = (typeof serviceRooms)[number]

/** So many days after the last look an entry is old: somebody should ask whether it is still right. */
const oldAfterDays = 90

export function isServiceOld(
  { asOf, closed }: { readonly asOf: Day; readonly closed?: boolean | null | undefined },
  today: Day,
): boolean {
  return !closed && daysBetween(asOf, today) > oldAfterDays
}

export const serviceSchema = v.looseObject({
  name: text(40),
  serviceKind: choice(serviceKinds),
  what: maybe(text(200)),
  forWhom: maybe(text(80)),
  where: maybe(text(80)),
  hours: maybe(text(80)),
  telephone: maybe(telephone),
  /** Null where it is not known, or nothing can be full. */
  room: maybe(choice(serviceRooms)),
  /** The day on which somebody last saw that all of it is right. */
  asOf: day,
  /** It is no more. */
  closed: maybe(flag),
})
export type Service = v.InferOutput<typeof serviceSchema>
