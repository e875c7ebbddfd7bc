/** One-time passwords: made by the office for a new account, or anew where somebody forgot theirs. */
import type { Kysely, Transaction } from 'kysely'
import { findAccountById, setOneTimePassword } from '../db/accounts.ts'
import type { RecordedAct } from '../db/acts.ts'
import type { Database } from '../db/schema.ts'
import { endSessionsOf } from '../db/sessions.ts'
import { keptAccount, stateOfAccount } from './kept-account.ts'
import { perform, refuseAct, type Acting, type Performed } from './perform.ts'

/** A one-time password, hashed. */
export interface OneTime {
  readonly hash: string
  readonly until: Date
}

/** So long after an act its lost answer is asked for again; later whoever needs a password makes another one. */
export const againWithinMs = 10 * 60_000

/**
 * Somebody forgot it, or somebody else knows it: all devices of the account ask for the new one; their PINs and their
 * work stay. `onlyWaiting`: refused where the person has chosen a password of their own meanwhile.
 */
export function resetPassword(
  db: Kysely<Database>,
  acting: Acting,
  id: string,
  oneTime: OneTime,
  { onlyWaiting = false }: { readonly onlyWaiting?: boolean } = {},
): Promise<Performed> {
  const asked = { act: 'password-reset', subject: id, content: {} } as const
  return perform(db, acting, asked, {
    async allow(trx, by) {
      const { account } = await keptAccount(trx, by, id)
      if (account.closed) refuseAct('account-closed')
      if (onlyWaiting && account.one_time_until === null) refuseAct('not-allowed')
    },
    async work(trx) {
      await setOneTimePassword(trx, id, oneTime, acting.id)
      await endSessionsOf(trx, id, null)
      return { details: {}, moved: [] }
    },
    stateOf: (trx) => stateOfAccount(trx, id),
    again: (trx, by, first) => renewOneTime(trx, by, first, oneTime),
  })
}

/**
 * An act that is repeated gives a newer password, since nobody was told the first: only within minutes, and only while
 * the account's password is still the one that this very act made.
 */
export async function renewOneTime(
  trx: Transaction<Database>,
  { id: act, now }: Acting,
  { subject, at }: RecordedAct,
  oneTime: OneTime,
): Promise<void> {
  const account = await findAccountById(trx, subject)
  if (account?.password_by !== act || now - at.getTime() > againWithinMs) refuseAct('not-allowed')
  await setOneTimePassword(trx, subject, oneTime, act)
}
