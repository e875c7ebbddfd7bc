/**
 * Session: `POST /api/session` signs in, `DELETE` signs out, `GET` tells who is signed in.
 * The cookie is HttpOnly and SameSite=Strict; the body never carries a token.
 */
import * as v from 'valibot'
import { roles } from '#domain/account.ts'

/** Names the device of a request whose body does not: a browser holds a session for each of several. */
export const deviceHeader = 'wuse-device'

const uuid = v.pipe(v.string(), v.uuid())

export const signInRequestSchema = v.looseObject({
  protocol: v.pipe(v.number(), v.integer()),
  login: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  password: v.pipe(v.string(), v.minLength(1), v.maxLength(256)),
  /** Takes the place of one that the office made: that opens only together with it. Since version 2. */
  newPassword: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(256))),
  /** Made by the device for this account, kept for ever. */
  device: uuid,
  /** What the device calls itself, e.g. "Android · Chrome"; no serial number, no fingerprint. */
  deviceName: v.pipe(v.string(), v.maxLength(60)),
})
export type SignInRequest = v.InferOutput<typeof signInRequestSchema>

export const sessionSchema = v.looseObject({
  ok: v.literal(true),
  account: v.looseObject({ id: uuid, name: v.string(), role: v.picklist(roles) }),
  device: uuid,
  /** 32 bytes, base64: the server's half that unwraps this device's data key when a PIN is forgotten. */
  deviceKey: v.optional(v.string()),
  now: v.string(),
})
export type Session = v.InferOutput<typeof sessionSchema>
