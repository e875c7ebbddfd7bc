/** What each office (a place without one above it) remembers of its purges: one row, under its own stream. */
import { sql, type Kysely } from 'kysely'
import type { Day } from '#domain/day.ts'
import type { Database } from './schema.ts'

export interface PurgeCounts {
  readonly people: number
  readonly visits: number
  /** Requests that ended long ago, and who asked. */
  readonly requests: number
}

export const noCounts: PurgeCounts = { people: 0, visits: 0, requests: 0 }

/** Why nothing is purged until an administrator has decided. */
export type PurgeHold =
  | {
      readonly why: 'clock'
      /** ISO 8601 UTC: when it was noticed, the last moment that was believed, the newest receipt then. */
      readonly at: string
      readonly lastAt: string
      readonly receivedAt: string | null
    }
  | {
      readonly why: 'share'
      readonly at: string
      /** What would be purged now, and how much a day may be without asking. */
      readonly due: PurgeCounts
      readonly usual: PurgeCounts
    }

export interface PurgeGuard {
  readonly stream: string
  /** So many days passes really ran on. */
  readonly run: number
  readonly run_day: Day
  /** The server's clock at the last pass that believed it. */
  readonly last_at: Date
  /** On `run_day`, so far. */
  readonly purged: PurgeCounts
  readonly held: PurgeHold | null
  /** Who said yes: an administrator, and then another person. */
  readonly first_by: string | null
  readonly second_by: string | null
}

export async function loadGuard(
  db: Kysely<Database>,
  root: string,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<PurgeGuard | null> {
  const asked = db.selectFrom('purge_guard').selectAll().where('stream', '=', root)
  const row = await (lock ? asked.forUpdate() : asked).executeTakeFirst()
  return row ? readGuard(row as unknown as PurgeGuard) : null
}

/** What was written before requests were purged counts none of them. */
export function readGuard<Row extends Pick<PurgeGuard, 'purged' | 'held'>>(row: Row): Row {
  const { purged, held } = row
  return {
    ...row,
    purged: { ...noCounts, ...purged },
    held:
      held?.why === 'share'
        ? { ...held, due: { ...noCounts, ...held.due }, usual: { ...noCounts, ...held.usual } }
        : held,
  }
}

export async function saveGuard(db: Kysely<Database>, guard: PurgeGuard): Promise<void> {
  const { stream, run, run_day, first_by, second_by } = guard
  await sql`
    insert into purge_guard (stream, run, run_day, last_at, purged, held, first_by, second_by)
    values (${stream}::uuid, ${run}, ${run_day}, ${guard.last_at.toISOString()}::timestamptz,
      ${JSON.stringify(guard.purged)}::jsonb,
      ${guard.held === null ? null : JSON.stringify(guard.held)}::jsonb,
      ${first_by}::uuid, ${second_by}::uuid)
    on conflict (stream) do update set run = excluded.run, run_day = excluded.run_day,
      last_at = excluded.last_at, purged = excluded.purged, held = excluded.held,
      first_by = excluded.first_by, second_by = excluded.second_by`.execute(db)
}

/** For `/metrics`: how much stands on the lists, and how many offices wait for a word. */
export async function guardFigures(db: Kysely<Database>): Promise<{
  readonly listed: readonly { readonly rule: string; readonly n: number }[]
  readonly held: readonly { readonly why: string; readonly n: number }[]
}> {
  const listed = await sql<{ rule: string; n: number }>`
    select rule, count(*)::int as n from purge_notice where kept_on is null group by rule`.execute(
    db,
  )
  const held = await sql<{ why: string; n: number }>`
    select held->>'why' as why, count(*)::int as n from purge_guard where held is not null
    group by 1`.execute(db)
  return { listed: listed.rows, held: held.rows }
}
