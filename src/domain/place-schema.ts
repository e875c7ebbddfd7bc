/** What a place's record holds. Apart from `place.ts`, since a list of places is drawn before anything is checked. */
import * as v from 'valibot'
import { pageSettingsSchema } from './ask/limits.ts'
import { choice, flag, id, maybe, text, whole } from './field.ts'
import { placeKinds } from './place.ts'

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
