/** A colleague's second factor, taken away where the telephone with it is lost; on record. */
import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { dropFactor, findFactor } from '../db/second-factors.ts'
import { endSessionsOf } from '../db/sessions.ts'
import { keptAccount } from './kept-account.ts'
import { perform, refuseAct, type Acting, type Performed } from './perform.ts'

/** Whoever has the old telephone is signed out with it; where the policy asks for one, the next sign-in sets it up anew. */
export function resetFactor(db: Kysely<Database>, acting: Acting, id: string): Promise<Performed> {
  const asked = { act: 'factor-reset', subject: id, content: {} } as const
  return perform(db, acting, asked, {
    async allow(trx, by) {
      const { account } = await keptAccount(trx, by, id)
      if (account.closed) refuseAct('account-closed')
    },
    async work(trx) {
      await dropFactor(trx, id)
      await endSessionsOf(trx, id, null)
      return { details: {}, moved: [] }
    },
    // Asked again after somebody set up a new one, it is another act.
    stateOf: async (trx) => ({ isOn: Boolean((await findFactor(trx, id))?.confirmed_at) }),
  })
}
