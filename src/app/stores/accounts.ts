/** What the session asks of the device's keys and of the server's door. */
import type { Mutation } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'
import type { FactorToSet } from '#protocol/second-factor.ts'
import type { Session } from '#protocol/session.ts'
import type { UnsentFile } from '#protocol/unsent-file.ts'
import type { Bytes } from '#app/platform/sealing.ts'
import type { OpenVault } from '#app/vault/accounts.ts'
import type { Keyring, KnownAccount, PasskeyQuestion, WayIn } from '#app/vault/keyring-shape.ts'

export type { KnownAccount }

export type Unlocked =
  | { readonly ok: true; readonly vault: OpenVault; readonly triesLeft: number }
  | {
      readonly ok: false
      readonly triesLeft: number
      /** `shift-over`: the passphrase is asked, and no try was taken. */
      readonly problem?: 'wrong-pin' | 'pin-exhausted' | 'unknown-account' | 'shift-over'
    }

/** Fails with a `VaultFault` where the device's storage does. */
export interface Accounts extends Pick<Keyring, 'opensBy' | 'passkey' | 'removePasskey'> {
  /** The one that was open last comes first. */
  known(): Promise<readonly KnownAccount[]>
  /** Makes the account's keys, or gives an account that is here already a new way in; opens its vault. */
  choosePin(session: Session, login: string, pin: WayIn): Promise<OpenVault>
  /** `by`: what was asked. */
  unlock(account: string, typed: string, by?: 'pin' | 'passphrase'): Promise<Unlocked>
  /** Another way in for whoever knows the one of before; opens the vault. */
  changeWayIn(account: string, typed: string, way: WayIn): Promise<Unlocked>
  addPasskey(
    account: string,
    typed: string,
    question: PasskeyQuestion,
    answer: Bytes,
  ): Promise<{ readonly ok: boolean; readonly triesLeft: number }>
  unlockByPasskey(account: string, answer: Bytes): Promise<Unlocked>
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

export interface SignInRefusal {
  readonly ok: false
  readonly problem: SignInProblem
  /** Seconds until the next try is looked at. */
  readonly retryAfter?: number | undefined
  readonly factor?: FactorToSet | undefined
}

export type SignIn = (request: {
  readonly login: string
  readonly password: string
  readonly newPassword?: string | undefined
  /** The device's own id for this choice of a password. */
  readonly attempt?: string | undefined
  readonly code?: string | undefined
  readonly device: string
}) => Promise<{ readonly ok: true; readonly value: Session } | SignInRefusal>
