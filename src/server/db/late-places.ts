/** Places that are not an account's any more: work recorded before is still taken there, with the role of then. */
import { sql, type Kysely } from 'kysely'
import type { Role } from '#domain/account.ts'
import type { Database } from './schema.ts'

/** Of several times that a place was lost the last one counts. */
export async function keepLate(
  db: Kysely<Database>,
  account: string,
  places: readonly string[],
  role: Role,
  until: Date,
): Promise<void> {
  if (places.length === 0) return
  await db
    .insertInto('late_place')
    .values(places.map((place) => ({ account, place, role, until })))
    .onConflict((conflict) =>
      conflict
        .columns(['account', 'place'])
        .doUpdateSet({ role, until })
        .where('late_place.until', '<=', until),
    )
    .execute()
}

/**
 * What is taken out of `from` and put into `to` still takes the late work of everybody who looked after `from` by
 * itself: of those who do now as recorded until this moment, of those who did as recorded until theirs.
 */
export async function passLateOn(
  db: Kysely<Database>,
  from: string,
  to: string,
  now: Date,
): Promise<void> {
  await sql`
    insert into late_place (account, place, role, until)
    select account, ${to}::uuid, role, until from (
      select distinct on (account) account, role, until from (
        select account_place.account, account.role, ${now.toISOString()}::timestamptz as until
        from account_place join account on account.id = account_place.account
        where account_place.place = ${from}
        union all
        select account, role, until from late_place where place = ${from}
      ) as both_kinds
      order by account, until desc
    ) as last
    order by account
    on conflict (account, place) do update set role = excluded.role, until = excluded.until
    where late_place.until < excluded.until`.execute(db)
}
