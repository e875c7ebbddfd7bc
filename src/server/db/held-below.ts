import { sql, type RawBuilder } from 'kysely'

/**
 * The head of a statement: `below`, the places of an account and all below them, and `held`, who works where, of a
 * closed account the places that it had.
 */
export function heldBelow(account: string): RawBuilder<unknown> {
  return sql`with recursive below as (
      select place as id from account_place where account = ${account}
      union
      select place.id from place join below on place.parent = below.id
    ), held as (
      select account, place from account_place
      union
      select late_place.account, late_place.place from late_place
      join account on account.id = late_place.account
      where account.closed and late_place.until = account.closed_at
    )`
}
