import * as v from 'valibot'
import type { Bytes } from '#app/platform/sealing.ts'

/** Ten wrong PINs, and only a sign-in online helps. */
export const pinTries = 10

const bytes = v.custom<Bytes>((value) => value instanceof Uint8Array)
const whole = v.pipe(v.number(), v.integer())

/**
 * What is kept of an account's keys, and all that stands in the open about it: its id, its login, its device's id.
 * `wrapped` opens with the PIN, `server` with the key that the server holds; both also need `deviceKey`.
 */
const keyEntrySchema = v.object({
  format: v.literal(1),
  id: v.string(),
  login: v.string(),
  device: v.string(),
  /** Milliseconds since 1970. */
  usedAt: v.number(),
  deviceKey: v.custom<CryptoKey>((value) => value instanceof CryptoKey),
  /** What is typed; null after `revoke`: only the server's key is left. A PIN where the kind is absent. */
  pin: v.nullable(
    v.object({
      kind: v.optional(v.picklist(['pin', 'passphrase'])),
      salt: bytes,
      memory: whole,
      passes: whole,
      wrapped: bytes,
    }),
  ),
  /** The PIN of the shift, sealed under the data key: readable only while the account is open. */
  shiftPin: v.optional(bytes),
  /** A further way in beside a passphrase (WebAuthn PRF): who it is, what it is asked, and what its answer opens. */
  passkey: v.optional(v.object({ id: bytes, salt: bytes, wrapped: bytes })),
  triesLeft: whole,
  server: bytes,
  /** Which of the account's databases is in use, and which earlier ones wait to be opened again; the first where absent. */
  book: v.optional(whole),
  earlier: v.optional(v.array(whole)),
  /** Seals files of unsent work; absent until the first sign-in since there are such files. */
  unsent: v.optional(v.custom<CryptoKey>((value) => value instanceof CryptoKey)),
  /** The session's token, sealed under the data key; absent until the first sign-in since there is one. */
  session: v.optional(bytes),
})
export type KeyEntry = v.InferOutput<typeof keyEntrySchema>
export type PinWrap = NonNullable<KeyEntry['pin']>

/** Undefined where nothing is kept; an entry that cannot be read is a broken storage, never an unknown account. */
export function toKeyEntry(value: unknown): KeyEntry | undefined {
  return value === undefined ? undefined : v.parse(keyEntrySchema, value)
}

export const kindOf = (entry: KeyEntry): 'pin' | 'passphrase' => entry.pin?.kind ?? 'pin'

export function triesLeftOf(entry: KeyEntry): number {
  return entry.pin ? Math.max(0, entry.triesLeft) : 0
}
