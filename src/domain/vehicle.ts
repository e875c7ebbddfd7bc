/**
 * Vehicle 车辆 of a dwelling: a plate or the number of an e-bike, so that whoever sits at a village's gate can tell its own
 * from a visitor's. No person stands in it, and nobody writes down who passes when.
 */
import * as v from 'valibot'
import { earlier, type Day } from './day.ts'
import { choice, day, id, maybe } from './field.ts'
import type { Policy } from './policy.ts'

/** 小汽车, 新能源汽车, 摩托车, 电动自行车, 货车, 其他. */
export const vehicleKinds = [
  'car',
  'electric-car',
  'motorcycle',
  'e-bike',
  'lorry',
  'other',
] as const
export type VehicleKind = (typeof vehicleKinds)[number]

/** Why the server ended one: the household that it is of left as a whole (搬离), or went to another door (换了门牌). */
export const vehicleEnds = ['left', 'moved'] as const
export type VehicleEnd = (typeof vehicleEnds)[number]

export const plateLength = { least: 4, most: 12 } as const

/** As it is compared: capitals and figures without dots and gaps, so that 浙a·12 345 and 浙A12345 are one. */
export function plateKey(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{Script=Han}A-Z0-9]/gu, '')
}

/** What a plate or the number of an e-bike can be: letters, figures, and the character of a province. */
export function isPlate(text: string): boolean {
  const key = plateKey(text)
  return (
    key === text &&
    key.length >= plateLength.least &&
    key.length <= plateLength.most &&
    /\d/.test(key) &&
    // 浙 before it and 学, 警, 挂 or 领 behind: no sentence fits in.
    (key.match(/\p{Script=Han}/gu) ?? []).length <= 2
  )
}

export const vehicleSchema = v.looseObject({
  dwelling: id,
  /** With which it ends; of the dwelling as such where none is named, and then it ends with the last one there. */
  household: maybe(id),
  /** In the form of `plateKey`. */
  plate: v.pipe(v.string('wrong-shape'), v.check(isPlate, 'wrong-shape')),
  vehicleKind: choice(vehicleKinds),
  /** The last day on which it belongs here; null where nobody said one. */
  until: maybe(day),
  /** The day from which it is no more: a plate is used again. */
  endedOn: maybe(day),
  /** The server's word, where a household took it along; absent where somebody ended it by hand. */
  endedWhy: maybe(choice(vehicleEnds)),
})
export type Vehicle = v.InferOutput<typeof vehicleSchema>

/** Whether it belongs here on a day. */
export function isHere(
  { until, endedOn }: Pick<Vehicle, 'until' | 'endedOn'>,
  today: Day,
): boolean {
  return !endedOn && (!until || until >= today)
}

/**
 * From which its retention runs: the day on which it was ended, its last day, or the day since which its village has no
 * gates (`offSince`), whichever was first; null of one that is here and looked up.
 */
export function lastDayOfPlate(
  { until, endedOn }: Pick<Vehicle, 'until' | 'endedOn'>,
  offSince: Day | null,
): Day | null {
  return earlier(earlier(until ?? null, endedOn ?? null), offSince)
}

/** Since when nobody needs plates: the day of a policy that says of no gates; null where there are some. */
export function gatesOffSince({ gates, from }: Pick<Policy, 'gates' | 'from'>): Day | null {
  return gates ? null : from
}
