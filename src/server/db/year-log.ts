/** What the logs say of a year: purges, accounts, backups, lost devices. Each figure with the log that it is counted in. */
import { sql, type Kysely } from 'kysely'
import { officeChain } from './audit.ts'
import type { Database } from './schema.ts'

interface Asked {
  readonly streams: readonly string[]
  /** A whole subdistrict asks: of accounts and of the server all is counted, else what people of these places did. */
  readonly isWhole: boolean
  /** Moments, ISO 8601 UTC; `to` is no part of it. */
  readonly from: string
  readonly to: string
}

/** Counts by name, as `readYear` names them. */
export async function readYearOfLog(
  db: Kysely<Database>,
  { streams, isWhole, from, to }: Asked,
): Promise<Record<string, string | number>> {
  const own = sql`any(${sql.val([...streams])}::uuid[])`
  // A record that came from another stream is emptied in both logs, and was one record.
  const { rows: purges } = await sql<Record<string, number>>`
    select
      count(distinct record) filter (where facts->>'kind' = 'resident') as "purgedPeople_all",
      count(distinct record) filter (where facts->>'kind' = 'visit') as "purgedVisits_all",
      count(distinct record) filter (where facts->>'kind' = 'request') as "purgedRequests_all"
    from audit
    where chain = ${own} and act = 'purge' and at >= ${from} and at < ${to}`.execute(db)
  const { rows: accounts } = await sql<Record<string, number>>`
    select
      count(*) filter (where act in ('account-created', 'office-made')) as "accountsMade_all",
      count(*) filter (where act = 'account-closed') as "accountsClosed_all",
      count(*) filter (where act = 'account-handed-over') as "accountsHandedOver_all"
    from act
    where at >= ${from}::timestamptz and at < ${to}::timestamptz and (${isWhole}
      or account in (select account from account_place where place = ${own}))`.execute(db)
  if (!isWhole) return { ...purges[0], ...accounts[0] }
  const { rows: server } = await sql<Record<string, number>>`
    select
      count(*) filter (where act = 'backup') as backups_all,
      count(*) filter (where act = 'restored') as restores_all,
      count(*) filter (where act = 'breach') as breaches_all
    from audit
    where chain = ${officeChain}::uuid and act in ('backup', 'restored', 'breach')
      and at >= ${from} and at < ${to}`.execute(db)
  return { ...purges[0], ...accounts[0], ...server[0] }
}
