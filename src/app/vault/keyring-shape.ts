/** What the keyring of a device is asked and answers; `keyring.ts` makes one. */
import type { DataKey } from '#app/platform/device-keys.ts'
import type { Bytes } from '#app/platform/sealing.ts'
import type { TokenPlace } from './session-token.ts'

/** An account that this device knows; nothing of it is personal but the login. */
export interface KnownAccount {
  readonly id: string
  readonly login: string
  /** The device's id for this account: made once, kept for ever. */
  readonly device: string
  /** 0: the PIN is no longer asked, only a sign-in helps. */
  readonly pinTriesLeft: number
  /** What opens it after the app was closed. */
  readonly kind: 'pin' | 'passphrase'
  /** Whether a passkey of this device opens it too. */
  readonly passkey: boolean
}

/** A PIN alone, for one grid; or a passphrase, and the PIN that opens a locked app again within the shift. */
export type WayIn = string | { readonly passphrase: string; readonly pin: string }

/** What a passkey is asked, and by which credential; null where the account has none. */
export interface PasskeyQuestion {
  readonly id: Bytes
  readonly salt: Bytes
}

export interface Enrolment {
  readonly account: string
  readonly login: string
  readonly device: string
  readonly pin: WayIn
  /** 32 bytes, base64, from the server (`protocol/session.ts`). */
  readonly deviceKey: string
  /** The session's: sealed with the same write that makes the way in, so an app that is killed afterwards is signed in. */
  readonly token?: string | undefined
}

export interface Books {
  /** The database in use: 0 is the first. */
  readonly book: number
  /** Earlier ones that would not open. */
  readonly earlier: readonly number[]
}

export type Opening = { readonly ok: true; readonly dataKey: DataKey; readonly device: string }

export type Unlocking =
  | (Opening & { readonly triesLeft: number })
  | {
      readonly ok: false
      /** `shift-over`: no PIN opens it any more; no try was taken. */
      readonly problem: 'wrong-pin' | 'pin-exhausted' | 'unknown-account' | 'shift-over'
      readonly triesLeft: number
    }

export interface Refused<P extends string> {
  readonly ok: false
  readonly problem: P
}

export interface Keyring {
  /** The one that was open last comes first. */
  accounts(): Promise<readonly KnownAccount[]>
  /** Makes an account's keys. One that is here already keeps its own: `recover` gives it a new PIN. */
  enrol(
    enrolment: Enrolment,
  ): Promise<Opening | Refused<'weak-pin' | 'malformed-key' | 'already-known'>>
  /**
   * The try is counted on disk before the PIN is looked at: ending the app does not give it back. `by`: what was
   * asked; the PIN of a shift is tried against memory alone.
   */
  unlock(account: string, typed: string, by?: 'pin' | 'passphrase'): Promise<Unlocking>
  /** What to ask for now: a PIN for a passphrase's account only within its shift, until the app is closed. */
  opensBy(account: string, kind: 'pin' | 'passphrase'): 'pin' | 'passphrase'
  passkey(account: string): Promise<PasskeyQuestion | null>
  /** A further way in, with what the passkey answered; whoever adds it types what opens the account. */
  addPasskey(
    account: string,
    typed: string,
    question: PasskeyQuestion,
    answer: Bytes,
  ): Promise<Unlocking>
  removePasskey(account: string): Promise<void>
  unlockByPasskey(account: string, answer: Bytes): Promise<Unlocking>
  /** A new PIN after a sign-in online; `login` where it has changed. */
  recover(
    account: string,
    deviceKey: string,
    newPin: WayIn,
    login?: string,
    token?: string,
  ): Promise<Opening | Refused<'weak-pin' | 'wrong-device-key' | 'unknown-account'>>
  changePin(account: string, pin: string, newPin: WayIn): Promise<Unlocking | Refused<'weak-pin'>>
  /** The server holds another key than before (restored from a backup): the PIN proves who it is for. Counts as a try. */
  renewDeviceKey(
    account: string,
    pin: string,
    deviceKey: string,
    token?: string,
  ): Promise<Unlocking | Refused<'malformed-key'>>
  /** After a sign-in while the account is open: what seals files for the server. */
  learnServerKey(account: string, serverKey: string): Promise<void>
  /** The session's token; null where there is none that opens with this key. */
  readToken(place: TokenPlace, dataKey: DataKey): Promise<string | null>
  keepToken(place: TokenPlace, dataKey: DataKey, token: string): Promise<void>
  /** For the server alone to open; null before a sign-in gave the key. */
  sealUnsent(account: string, text: string): Promise<Bytes | null>
  books(account: string): Promise<Books>
  /** The database in use does not open: the next unlocking begins another one, and this one waits. */
  beginBook(account: string): Promise<void>
  /** An earlier database has given everything that it held. */
  closeBook(account: string, book: number): Promise<void>
  /** The device was revoked: the PIN opens nothing from now on, only a key that the server gives out. */
  revoke(account: string): Promise<void>
}
