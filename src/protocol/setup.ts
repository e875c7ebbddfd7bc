/**
 * The first start of an empty office. `GET /api/setup` says whether the office still waits for its first account;
 * `POST /api/setup` makes the subdistrict and its administrator, for whoever has the token that the start printed.
 */
import * as v from 'valibot'
import { accountSchema } from '#domain/account.ts'
import { longestPassword } from '#domain/password.ts'
import { placeSchema } from '#domain/place-schema.ts'
import { loginPattern } from '#domain/login.ts'

export const setupPath = '/api/setup'

export const setupAnswerSchema = v.looseObject({
  ok: v.literal(true),
  /** Nobody has an account yet, and the address of the first start is valid. */
  isWaiting: v.boolean(),
})
export type SetupAnswer = v.InferOutput<typeof setupAnswerSchema>

/** The code of a subdistrict: 9 digits by GB/T 10114, or 12 as the bureau of statistics extends it. */
export const subdistrictCodePattern = /^\d{9}(?:\d{3})?$/

/** Which places an office begins with: the subdistrict alone, or the communities and villages of the demo below it. */
export const firstPlaces = ['none', 'sample'] as const
export type FirstPlaces = (typeof firstPlaces)[number]

export const setupRequestSchema = v.looseObject({
  protocol: v.number(),
  token: v.pipe(v.string(), v.maxLength(100)),
  name: placeSchema.entries.name,
  code: v.nullable(v.pipe(v.string(), v.regex(subdistrictCodePattern))),
  places: v.picklist(firstPlaces),
  /** The administrator's own name. */
  person: accountSchema.entries.name,
  login: v.pipe(v.string(), v.regex(loginPattern)),
  password: v.pipe(v.string(), v.maxLength(longestPassword)),
})
export type SetupRequest = v.InferOutput<typeof setupRequestSchema>
