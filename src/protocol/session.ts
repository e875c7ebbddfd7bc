/**
 * Session: `POST /api/session` signs in, `DELETE` signs out, `GET` tells who is signed in.
 *
 * A sign-in gives a token, which the device seals and which opens nothing but `POST /api/session/pass`: that gives a
 * pass of some hours, which the device keeps in memory alone and sends as `Authorization: Bearer` (RFC 6750) with
 * everything else. An app before version 3 has a cookie instead, which is taken for its push and pull; the app that
 * follows it exchanges the cookie for a token by `POST /api/session/exchange`, once. Docs: decision 0040.
 */
import * as v from 'valibot'
import { roles } from '#domain/account.ts'
import { id as uuid } from '#domain/field.ts'
import { codeSchema } from './second-factor.ts'

/** Names the device of a request whose body does not: a browser holds a session for each of several. */
export const deviceHeader = 'wuse-device'

/** The version of the protocol that an app speaks, of a request whose body does not say it. Since version 4. */
export const protocolHeader = 'wuse-protocol'

/** A cookie with the value 1 that signing in sets and scripts may read: somebody was signed in here. It opens nothing. */
export const wasHereCookie = 'wuse-was-here'

export const signInRequestSchema = v.looseObject({
  protocol: v.pipe(v.number(), v.integer()),
  login: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  password: v.pipe(v.string(), v.minLength(1), v.maxLength(256)),
  /** Takes the place of one that the office made: that opens only together with it. Since version 2. */
  newPassword: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(256))),
  /**
   * Made by the device for this one choice of a password, and sent again with it: where the answer was lost, it says
   * that the choice is this device's own, so that nothing has to be guessed. Since version 3.
   */
  attempt: v.optional(uuid),
  /** Of an account with a second factor. Since version 3. */
  code: v.optional(codeSchema),
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
  /** What gives passes; only in the answer to a sign-in, since version 3. */
  token: v.optional(v.string()),
  /** How many grids the account holds, beside its role what says how it unlocks; since version 3. */
  grids: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  now: v.string(),
  /** Of a second factor that this sign-in put in force: each opens once. Since version 3. */
  recoveryCodes: v.optional(v.array(v.string())),
})
export type Session = v.InferOutput<typeof sessionSchema>

export const passPath = '/api/session/pass'
export const exchangePath = '/api/session/exchange'

/** The token stands in the header; of a cookie that is exchanged, the device's id does. */
export const passRequestSchema = v.looseObject({ protocol: v.pipe(v.number(), v.integer()) })

export const passAnswerSchema = v.looseObject({
  ok: v.literal(true),
  pass: v.string(),
  /** Seconds for which it is good, eight hours at most. */
  seconds: v.pipe(v.number(), v.minValue(0)),
})

export const exchangeAnswerSchema = v.looseObject({ ok: v.literal(true), token: v.string() })
