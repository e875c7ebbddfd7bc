/** What runs by itself, and how it went last: one row for each, so that a new start still knows it. */
import { sql, type Kysely } from 'kysely'
import type { Database } from './schema.ts'

export interface PassRow {
  readonly name: string
  readonly at: Date
  /** Null where it never went well. */
  readonly good_at: Date | null
  readonly ms: number
  readonly facts: Readonly<Record<string, unknown>>
}

/** `facts`: numbers of its last good run; null keeps those of before. */
export async function notePass(
  db: Kysely<Database>,
  pass: {
    readonly name: string
    readonly at: Date
    readonly isGood: boolean
    readonly ms: number
    readonly facts: Readonly<Record<string, unknown>> | null
  },
): Promise<void> {
  const { name, isGood } = pass
  const at = pass.at.toISOString()
  await sql`
    insert into pass (name, at, good_at, ms, facts)
    values (${name}, ${at}::timestamptz, ${isGood ? at : null}::timestamptz, ${pass.ms},
      ${JSON.stringify(pass.facts ?? {})}::jsonb)
    on conflict (name) do update set at = excluded.at,
      good_at = coalesce(excluded.good_at, pass.good_at), ms = excluded.ms,
      facts = case when ${pass.facts !== null} then excluded.facts else pass.facts end`.execute(db)
}

export async function loadPasses(db: Kysely<Database>): Promise<PassRow[]> {
  return db.selectFrom('pass').selectAll().orderBy('name').execute()
}

/** When a pass last went well; null where it never did. */
export async function lastGoodPass(db: Kysely<Database>, name: string): Promise<Date | null> {
  const row = await db
    .selectFrom('pass')
    .select('good_at')
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.good_at ?? null
}
