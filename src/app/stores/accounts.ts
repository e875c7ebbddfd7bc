/** What the session asks of the device's keys and of the server's door. */
import type { Mutation } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'
import type { Session } from '#protocol/session.ts'
import type { UnsentFile } from '#protocol/unsent-file.ts'
import type { Vault } from '#app/vault/vault.ts'

/** An account that this device knows; nothing of it is personal but the login. */
export interface KnownAccount {
  readonly id: string
  readonly login: string
  /** The device's id for this account: made once, kept for ever. */
  readonly device: string
  /** 0: the PIN is no longer asked, only a sign-in helps. */
  readonly pinTriesLeft: number
}

export type Unlocked =
  | { readonly ok: true; readonly vault: Vault; readonly triesLeft: number }
  | { readonly ok: false; readonly triesLeft: number }

/** Fails with a `VaultFault` where the device's storage does. */
export interface Accounts {
  /** The one that was open last comes first. */
  known(): Promise<readonly KnownAccount[]>
  /** Makes the account's keys, or gives an account that is here already a new PIN; opens its vault. */
  choosePin(session: Session, login: string, pin: string): Promise<Vault>
  unlock(account: string, pin: string): Promise<Unlocked>
  /** Signed in again while it is open: what a sign-in gives is kept. */
  learn(session: Session): Promise<void>
  /** What the office can bring in by hand; null before a sign-in gave the key for it. */
  unsentFile(account: string, mutations: readonly Mutation[]): Promise<UnsentFile | null>
  /** The account's database does not open: the next unlocking begins another one. Nothing is deleted. */
  beginAnew(account: string): Promise<void>
  /** The server revoked the device: the PIN opens nothing any more. */
  revoke(account: string): Promise<void>
}

export type SignInProblem = Problem | 'offline' | 'unreadable-answer'

export type SignIn = (request: {
  readonly login: string
  readonly password: string
  readonly newPassword?: string | undefined
  readonly device: string
}) => Promise<
  | { readonly ok: true; readonly value: Session }
  | { readonly ok: false; readonly problem: SignInProblem }
>
