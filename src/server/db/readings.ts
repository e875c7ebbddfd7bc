/** Figures of the database for whoever keeps the server running: sizes, and what devices say of themselves. */
import { sql, type Kysely } from 'kysely'
import type { Database } from './schema.ts'

export interface DeviceFigures {
  /** Not ended, and of accounts that are open. */
  readonly devices: number
  readonly silent1: number
  readonly silent3: number
  readonly silent7: number
  /** Mutations that devices said at their last pull to hold: not sent yet, and refused and not settled yet. */
  readonly unsent: number
  readonly refused: number
  /** Devices whose clock was more than five minutes off at their last push, and the largest such difference. */
  readonly skewed: number
  readonly most_skew_ms: number
}

export async function deviceFigures(db: Kysely<Database>, now: Date): Promise<DeviceFigures> {
  const at = now.toISOString()
  const silent = (days: number) =>
    sql`count(*) filter (where seen_at < ${at}::timestamptz - ${sql.lit(`${days} days`)}::interval)::int`
  const { rows } = await sql<DeviceFigures>`
    select count(*)::int as devices,
      ${silent(1)} as silent1, ${silent(3)} as silent3, ${silent(7)} as silent7,
      coalesce(sum((report->>'waiting')::bigint), 0)::bigint as unsent,
      coalesce(sum((report->>'refused')::bigint), 0)::bigint as refused,
      count(*) filter (where abs(skew_ms::bigint) > 300000)::int as skewed,
      coalesce(max(abs(skew_ms::bigint)), 0)::bigint as most_skew_ms
    from device join account on account.id = device.account
    where device.revoked_at is null and not account.closed`.execute(db)
  const [row] = rows
  if (!row) throw new Error('no figures')
  return row
}

/** Bytes of the database's tables and indexes. */
export async function databaseSize(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ size: number }>`
    select pg_database_size(current_database())::bigint as size`.execute(db)
  return rows[0]?.size ?? 0
}

/** Bytes of the write-ahead log; null where the role may not see it. */
export async function walSize(db: Kysely<Database>): Promise<number | null> {
  const { rows } = await sql<{ size: number }>`
    select coalesce(sum(size), 0)::bigint as size from pg_ls_waldir()`
    .execute(db)
    .catch(() => ({ rows: [] }))
  return rows[0]?.size ?? null
}

/** The newest moment at which a change was received; null where nothing ever was. */
export async function newestReceipt(db: Kysely<Database>): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select max(received_at) as at from change`.execute(db)
  return rows[0]?.at ?? null
}

/** How much the audit log holds, and when the newest entry was made. */
export async function auditFigures(db: Kysely<Database>): Promise<{
  readonly entries: number
  readonly chains: number
  readonly newest: string | null
}> {
  const { rows } = await sql<{ entries: number; chains: number; newest: string | null }>`
    select count(*)::int as entries, count(distinct chain)::int as chains, max(at) as newest
    from audit`.execute(db)
  return rows[0] ?? { entries: 0, chains: 0, newest: null }
}
