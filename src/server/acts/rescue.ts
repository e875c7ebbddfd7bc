/** A last administrator who lost the password or the second factor, let in again by whoever runs the server. */
import type { Kysely } from 'kysely'
import { mayBeRescued } from '#domain/permission-of-access.ts'
import { findAccount, setOneTimePassword } from '../db/accounts.ts'
import { recordAct } from '../db/acts.ts'
import { calendarId } from '../db/audit.ts'
import type { Database } from '../db/schema.ts'
import { dropFactor } from '../db/second-factors.ts'
import { endSessionsOf } from '../db/sessions.ts'
import { transact } from '../db/transact.ts'
import { lockAccounts } from './perform.ts'
import type { OneTime } from './passwords.ts'

export type Rescue = 'rescued' | 'no-such-login' | 'account-closed' | 'no-administrator'

/**
 * Gives an administrator a one-time password, ends the second factor and all sessions, and puts it on record. Colleagues
 * are helped by their administrator, never from here.
 */
export function rescue(
  db: Kysely<Database>,
  login: string,
  oneTime: OneTime,
  { now, ids }: { readonly now: number; readonly ids: () => string },
): Promise<Rescue> {
  return transact(db, async (trx): Promise<Rescue> => {
    const found = await findAccount(trx, login)
    if (!found) return 'no-such-login'
    await lockAccounts(trx, [found.id])
    const account = await findAccount(trx, login)
    if (!account || account.closed) return 'account-closed'
    if (!mayBeRescued(account.role)) return 'no-administrator'
    const act = ids()
    await setOneTimePassword(trx, account.id, oneTime, act)
    await dropFactor(trx, account.id)
    await endSessionsOf(trx, account.id, null)
    await recordAct(trx, {
      ...{ id: act, account: account.id, role: account.role, device: calendarId },
      ...{ at: new Date(now), act: 'account-rescued', subject: account.id, details: {} },
    })
    return 'rescued'
  })
}
