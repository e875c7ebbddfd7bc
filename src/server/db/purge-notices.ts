/** The list of what is purged next: rows of a stream, each of one record. */
import { sql, type Kysely, type Transaction } from 'kysely'
import type { Day } from '#domain/day.ts'
import type { Retention } from '#domain/retention.ts'
import { listOf } from './place-tree.ts'
import type { Database } from './schema.ts'

export interface PurgeNotice {
  readonly stream: string
  readonly record: string
  readonly kind: string
  readonly rule: Retention
  /** What the record says: the day of leaving or death, of the visit, or on which the request ended. */
  readonly day: Day
  /** The day on which the server got that; null of what a seed brought. */
  readonly received: Day | null
  /** The last day on which it is kept. */
  readonly due: Day
  readonly listed_on: Day
  /** The office's count of days when it came on the list. */
  readonly listed_run: number
  /** Somebody said that it stays: the retention runs anew from then. */
  readonly kept_on: Day | null
  readonly kept_by: string | null
}

/** Of some streams those of which anything stands on the list, in order of id. */
export async function streamsWithNotices(
  db: Kysely<Database>,
  streams: readonly string[],
): Promise<Set<string>> {
  const rows = await db
    .selectFrom('purge_notice')
    .select('stream')
    .distinct()
    .where('stream', '=', sql<string>`any(${sql.val([...streams])}::uuid[])`)
    .orderBy('stream')
    .execute()
  return new Set(rows.map(({ stream }) => stream))
}

/** All of a stream and a rule, their rows locked: an answer of the office waits until they are written anew. */
export async function lockNoticesOf(
  trx: Transaction<Database>,
  stream: string,
  rule: Retention,
): Promise<PurgeNotice[]> {
  const rows = await trx
    .selectFrom('purge_notice')
    .selectAll()
    .where('stream', '=', stream)
    .where('rule', '=', rule)
    .orderBy('record')
    .forUpdate()
    .execute()
  return rows as PurgeNotice[]
}

/** Of some streams what stood on the list long enough, whose last day is over, and which nobody keeps. */
export async function dueNotices(
  db: Kysely<Database>,
  streams: readonly string[],
  { today, lastRun }: { readonly today: Day; readonly lastRun: number },
): Promise<PurgeNotice[]> {
  const rows = await db
    .selectFrom('purge_notice')
    .selectAll()
    .where('stream', '=', listOf(streams))
    .where('due', '<', today)
    .where('listed_run', '<=', lastRun)
    .where('kept_on', 'is', null)
    .orderBy('stream')
    .orderBy('record')
    .execute()
  return rows as PurgeNotice[]
}

export async function writeNotices(
  trx: Kysely<Database>,
  notices: readonly PurgeNotice[],
): Promise<void> {
  if (notices.length === 0) return
  await sql`
    insert into purge_notice (stream, record, kind, rule, day, received, due, listed_on, listed_run,
      kept_on, kept_by)
    select stream, record, kind, rule, day, received, due, listed_on, listed_run, kept_on, kept_by
    from jsonb_to_recordset(${JSON.stringify(notices)}::jsonb) as row (
      stream uuid, record uuid, kind text, rule text, day text, received text, due text,
      listed_on text, listed_run integer, kept_on text, kept_by uuid
    )
    on conflict (stream, record) do update set day = excluded.day, received = excluded.received,
      due = excluded.due, listed_on = excluded.listed_on, listed_run = excluded.listed_run,
      kept_on = excluded.kept_on, kept_by = excluded.kept_by, rule = excluded.rule`.execute(trx)
}

export async function dropNotices(
  trx: Kysely<Database>,
  stream: string,
  records: readonly string[],
): Promise<void> {
  if (records.length === 0) return
  await trx
    .deleteFrom('purge_notice')
    .where('stream', '=', stream)
    .where('record', '=', sql<string>`any(${sql.val([...records])}::uuid[])`)
    .execute()
}

/** Of records that are not there any more: removed, or moved to another stream. */
export async function dropStrayNotices(db: Kysely<Database>, stream: string): Promise<void> {
  await sql`
    delete from purge_notice as notice where stream = ${stream}::uuid and not exists (
      select from record where record.stream = notice.stream and record.id = notice.record
        and not record.removed
    )`.execute(db)
}

/** Notices of some records by record, their rows locked. */
export async function lockNotices(
  trx: Transaction<Database>,
  stream: string,
  records: readonly string[],
): Promise<Map<string, PurgeNotice>> {
  const rows = (await trx
    .selectFrom('purge_notice')
    .selectAll()
    .where('stream', '=', stream)
    .where('record', '=', sql<string>`any(${sql.val([...records])}::uuid[])`)
    .orderBy('record')
    .forUpdate()
    .execute()) as PurgeNotice[]
  return new Map(rows.map((row) => [row.record, row]))
}
