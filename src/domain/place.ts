/** A place of the administrative tree; each has one stream whose id is the place's id. */
import * as v from 'valibot'
import { choice, id, maybe, text, whole } from './field.ts'

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
})
export type Place = v.InferOutput<typeof placeSchema>
