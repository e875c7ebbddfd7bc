/** An account as whoever keeps an office may see and change it, and the one way to tell whether it has changed since. */
import type { Transaction } from 'kysely'
import { mayKeepAccounts } from '#domain/permission-of-places.ts'
import { findAccountById, type AccountRow } from '../db/accounts.ts'
import { placesBelow } from '../db/places.ts'
import type { Database } from '../db/schema.ts'
import { lockAccounts, refuseAct, type Acting } from './perform.ts'

/**
 * Somebody else's account that the actor may keep, with its places, under lock. One that has nothing in the actor's
 * part of the tree is the same as none; one that also works beyond it is another office's as well.
 */
export async function keptAccount(
  trx: Transaction<Database>,
  { account: actor }: Acting,
  id: string,
): Promise<{ readonly account: AccountRow; readonly places: readonly string[] }> {
  await lockAccounts(trx, [id])
  const account = (await findAccountById(trx, id)) ?? refuseAct('not-found')
  const own = await placesBelow(trx, actor.id)
  const table = account.closed ? 'late_place' : 'account_place'
  const rows = await trx.selectFrom(table).select('place').where('account', '=', id).execute()
  const places = rows.map(({ place }) => place)
  if (!places.some((place) => own.has(place))) refuseAct('not-found')
  if (account.id === actor.id || !mayKeepAccounts(actor.role, account.role)) {
    refuseAct('not-allowed')
  }
  if (!account.closed && places.some((place) => !own.has(place))) refuseAct('not-allowed')
  return { account, places: account.closed ? [] : places }
}

/** What an office gives an account, and whether it is open. Not its password, which is the person's own. */
export async function stateOfAccount(trx: Transaction<Database>, id: string): Promise<unknown> {
  const account = await findAccountById(trx, id)
  const rows = await trx
    .selectFrom('account_place')
    .select('place')
    .where('account', '=', id)
    .orderBy('place')
    .execute()
  const places = rows.map(({ place }) => place)
  return account && { name: account.name, role: account.role, closed: account.closed, places }
}
