/** A place of the administrative tree; each has one stream whose id is the place's id. */
import * as v from 'valibot'
import { choice, flag, id, maybe, text, whole } from './field.ts'

export const placeKinds = ['subdistrict', 'community', 'village', 'cooperative', 'grid'] as const
export type PlaceKind = (typeof placeKinds)[number]

export const placeSchema = v.looseObject({
  parent: maybe(id),
  placeKind: choice(placeKinds),
  name: text(40),
  /** Division code of 12 digits (GB/T 2260 and its extension); null where it is not publicly known. */
  code: maybe(text(12)),
  /** Position among its siblings. */
  order: maybe(whole(0, 100_000)),
  /** Nothing new comes into it any more; what was recorded there stays. */
  closed: maybe(flag),
})
export type Place = v.InferOutput<typeof placeSchema>

const above: Readonly<Record<PlaceKind, readonly PlaceKind[]>> = {
  subdistrict: [],
  community: ['subdistrict'],
  village: ['subdistrict'],
  cooperative: ['subdistrict'],
  grid: ['community', 'village', 'cooperative'],
}

export function mayStandUnder(kind: PlaceKind, parent: PlaceKind): boolean {
  return above[kind].includes(parent)
}
