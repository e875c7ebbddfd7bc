/**
 * One's own second factor, for whoever is signed in: `GET /api/session/factor` says how it stands, `POST …/begin` gives a
 * secret to be read by an authenticator, `…/confirm` puts it in force, `…/codes` makes new recovery codes, `…/end` ends it.
 * What changes something asks for the password or a code each time. Since version 3.
 */
import * as v from 'valibot'

const password = v.pipe(v.string(), v.minLength(1), v.maxLength(256))
/** Six digits of an authenticator, or a recovery code. */
export const codeSchema = v.pipe(v.string(), v.minLength(6), v.maxLength(32))

export const factorStateSchema = v.looseObject({
  ok: v.literal(true),
  isOn: v.boolean(),
  /** The office's policy asks it of this role. */
  isRequired: v.boolean(),
  /** Recovery codes that are left. */
  codesLeft: v.number(),
})
export type FactorState = v.InferOutput<typeof factorStateSchema>

export const beginFactorSchema = v.looseObject({ password })
/** What is to be set up: in words for typing, and as an address for the picture. Shown once. */
export const factorToSetSchema = v.looseObject({ secret: v.string(), uri: v.string() })
export type FactorToSet = v.InferOutput<typeof factorToSetSchema>
export const factorBegunSchema = v.looseObject({
  ok: v.literal(true),
  ...factorToSetSchema.entries,
})

export const factorCodeSchema = v.looseObject({ code: codeSchema })
export const recoveryCodesSchema = v.looseObject({
  ok: v.literal(true),
  /** Each opens once; kept on paper. */
  codes: v.array(v.string()),
})
export type RecoveryCodes = v.InferOutput<typeof recoveryCodesSchema>
