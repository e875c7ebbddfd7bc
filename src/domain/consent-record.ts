/** A consent as it stands on a resident; what follows from it is asked in `consent.ts`, which is no part of the first script. */
import * as v from 'valibot'
import { choice, day, maybe, text, whole } from './field.ts'

/** In words at the door or on the telephone; on paper. */
export const consentWays = ['spoken', 'written'] as const

export const consentSchema = v.looseObject({
  field: text(40),
  /** Version of the notice that was told before. */
  version: whole(1, 1_000_000),
  on: day,
  how: choice(consentWays),
  withdrawnOn: maybe(day),
})
export type Consent = v.InferOutput<typeof consentSchema>
