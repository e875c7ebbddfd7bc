/** A place of the administrative tree; each has one stream whose id is the place's id. */
import * as v from 'valibot'
import { pageSettingsSchema } from './ask/limits.ts'
import { choice, flag, id, maybe, text, whole } from './field.ts'

/**
 * A unit 承办单位 is a department or company that requests are dispatched to; it stands beside the communities. One
 * under a community is that community's own office: what no worker may see is kept there. A micro-grid 微网格 is a part of
 * a grid: it takes buildings, as the grid itself does.
 */
export const placeKinds = [
  'subdistrict',
  'community',
  'village',
  'cooperative',
  'grid',
  'micro-grid',
  'unit',
] as const
export type PlaceKind = (typeof placeKinds)[number]

export const placeSchema = v.looseObject({
  parent: maybe(id),
  placeKind: choice(placeKinds),
  name: text(40),
  /** Division code of 12 digits (GB/T 2260 and its extension); null where it is not publicly known. */
  code: maybe(text(12)),
  /** Letters with which the numbers of a community's requests begin, e.g. JJQ; unique in the subdistrict; RX are the hotline's. */
  letters: maybe(v.pipe(v.string('wrong-shape'), v.regex(/^(?!RX$)[A-Z]{2,4}$/, 'wrong-shape'))),
  /** Position among its siblings. */
  order: maybe(whole(0, 100_000)),
  /** Nothing new comes into it any more; what was recorded there stays. */
  closed: maybe(flag),
  /** Taken back together with the workbook that made it: nothing ever stood in it. */
  withdrawn: maybe(flag),
  /** Of a community or subdistrict: what the pages of its stickers say and let through. */
  page: maybe(pageSettingsSchema),
})
export type Place = v.InferOutput<typeof placeSchema>

export function isGrid(kind: PlaceKind | null): boolean {
  return kind === 'grid' || kind === 'micro-grid'
}

/** The offices that have a community's work: below them stand grids, or they hold the buildings themselves. */
export const communities: readonly PlaceKind[] = ['community', 'village', 'cooperative']
