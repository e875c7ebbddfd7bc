/** Who may hear of which stream, and whose session still lives, for all that listen in one question. */
import { sql, type Kysely } from 'kysely'
import { listOf } from './place-tree.ts'
import type { Database } from './schema.ts'

export interface Hearers {
  readonly byAccount: ReadonlyMap<string, readonly string[]>
  readonly living: ReadonlySet<string>
}

/**
 * Of some accounts, which of these streams each may hear of: those in its own part of the tree, and those above its
 * places. The same scope as `streamsOf`, asked from the streams upwards and downwards instead of from the account.
 * `sessions`: hashes of tokens, of which those may go on that are `living`; `devices`: whose they are.
 */
export async function hearersOf(
  db: Kysely<Database>,
  streams: readonly string[],
  accounts: readonly string[],
  {
    sessions,
    devices,
  }: { readonly sessions: readonly string[]; readonly devices: readonly string[] },
  now: Date,
): Promise<Hearers> {
  // By tables alone that are on every machine.
  const { rows } = await sql<{ account: string; streams: string[] }>`
    with recursive up as (
      select id as stream, id, parent from place where id = any(${sql.val([...streams])}::uuid[])
      union all
      select up.stream, place.id, place.parent from up join place on place.id = up.parent
    ), down as (
      select id as stream, id from place where id = any(${sql.val([...streams])}::uuid[])
      union all
      select down.stream, place.id from down join place on place.parent = down.id
    ), related as (
      select stream, id from up union select stream, id from down
    )
    select account_place.account, array_agg(distinct related.stream::text) as streams
    from related join account_place on account_place.place = related.id
    where account_place.account = any(${sql.val([...accounts])}::uuid[])
    group by account_place.account`.execute(db)
  // Sessions lie with their devices: named, no other machine is asked.
  const { rows: living } = await sql<{ hash: string }>`
    select session.hash from session
    join account on account.id = session.account
    join device on device.id = session.device
    where session.device = ${listOf(devices)} and session.hash = any(${sql.val([...sessions])}::text[])
      and session.expires_at > ${now.toISOString()}::timestamptz
      and device.revoked_at is null and not account.closed`.execute(db)
  return {
    byAccount: new Map(rows.map((row) => [row.account, row.streams])),
    living: new Set(living.map(({ hash }) => hash)),
  }
}
