/** Where the app stands with its person, and what the person may do about it. */
import type { Role } from '#domain/account.ts'
import type { Problem } from '#protocol/problem.ts'
import type { FactorToSet } from '#protocol/second-factor.ts'

/** Where the app stands with its person. Every phase is one screen; `open` is all the others. */
export type Phase =
  | 'starting'
  | 'sign-in' // nobody on this device, or another account wanted
  | 'choose-passphrase' // signed in or unlocked, and holds more than a PIN may guard
  | 'choose-pin' // signed in, no PIN yet
  | 'locked' // PIN pad, or the passphrase
  | 'first-pull' // unlocked, the register is coming for the first time
  | 'open'
  | 'failed' // the device's storage cannot be used: says why, in words

export interface SessionState {
  readonly phase: Phase
  /** The account at work, or whose PIN is asked. */
  readonly account: { readonly id: string; readonly name: string; readonly role: Role } | null
  /** Accounts that this device knows, by a label without personal data (the login). */
  readonly known: readonly { readonly id: string; readonly login: string }[]
  readonly pinTriesLeft: number
  /** What the lock asks for. */
  readonly opensBy: 'pin' | 'passphrase'
  /** What opens the account after the app was closed. */
  readonly unlocksBy: 'pin' | 'passphrase'
  /** Locked within a shift: both open it, and the person chooses by `askFor`. */
  readonly isInShift: boolean
  /** The lock may also be opened by a passkey of this device. */
  readonly passkey: boolean
  readonly busy: boolean
  /** Why the last act did not work. */
  readonly problem:
    | Problem
    | 'offline'
    | 'unreadable-answer'
    | 'wrong-pin'
    | 'pin-exhausted'
    | 'shift-over'
    | 'no-passkey'
    | 'disk-full'
    | 'storage'
    | 'will-not-open'
    | 'began-anew'
    | 'storage-cleared'
    | null
  /** Seconds until the next try is looked at, where somebody tried too often. */
  readonly retryAfter: number | null
  /** What an authenticator has to read before the account opens. */
  readonly factor: FactorToSet | null
  /** Of a second factor that was just set up: to be written on paper. */
  readonly recoveryCodes: readonly string[] | null
  /** Records stored so far and in all, of the first pull. */
  readonly progress: { readonly done: number; readonly total: number } | null
}

/** Before anything is known of this device. */
export const starting: SessionState = {
  phase: 'starting',
  account: null,
  known: [],
  pinTriesLeft: 0,
  opensBy: 'pin',
  unlocksBy: 'pin',
  isInShift: false,
  passkey: false,
  busy: false,
  problem: null,
  retryAfter: null,
  factor: null,
  recoveryCodes: null,
  progress: null,
}

export interface SessionActs {
  /** `newPassword` takes the place of one that the office made for one time; `code` is of the second factor. */
  signIn(login: string, password: string, newPassword?: string, code?: string): Promise<void>
  /** The recovery codes are on paper. */
  codesSeen(): void
  /** Where the account holds more than a grid: asked before the PIN, which is that of its shifts then. */
  choosePassphrase(passphrase: string): Promise<void>
  choosePin(pin: string): Promise<void>
  /** Within a shift: the lock asks for the other one. */
  askFor(what: 'pin' | 'passphrase'): void
  /** Whatever the lock asks for. */
  unlock(typed: string): Promise<void>
  /** By fingerprint, face or screen lock, where somebody added that. */
  unlockByPasskey(): Promise<void>
  /** A further way in beside the passphrase, which is typed once more for it. */
  addPasskey(passphrase: string): Promise<'added' | 'wrong-pin' | 'no-passkey' | 'storage'>
  removePasskey(): Promise<void>
  /** Where the account's database does not open: the next PIN begins another one beside it. */
  beginAnew(): Promise<void>
  /** Memory is dropped; nothing on disk changes. */
  lock(): void
  /** To the PIN pad of another account of this device, or to sign-in. Unsent work stays sealed on the device. */
  switchTo(account: string | null): void
}
