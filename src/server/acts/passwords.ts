/** A password that the office makes anew, and one's own that is changed. */
import type { Kysely } from 'kysely'
import { setPassword } from '../db/accounts.ts'
import type { Database } from '../db/schema.ts'
import { endSessionsOf } from '../db/sessions.ts'
import { keptAccount, renewOneTime, type OneTime } from './people.ts'
import { perform, refuseAct, type Acting, type Performed } from './perform.ts'

/**
 * Somebody forgot it, or somebody else knows it: all devices of the account ask for the new one; their PINs and their
 * work stay.
 */
export async function resetPassword(
  db: Kysely<Database>,
  acting: Acting,
  id: string,
  oneTime: OneTime,
): Promise<Performed> {
  const reset = await perform(db, acting, { act: 'password-reset', subject: id }, async (trx) => {
    const { account } = await keptAccount(trx, acting, id)
    if (account.closed) refuseAct('account-closed')
    await setPassword(trx, id, oneTime.hash, oneTime.until)
    await endSessionsOf(trx, id, null)
    return { details: {}, moved: [] }
  })
  return renewOneTime(db, id, reset, oneTime)
}
