/** Records as rows: loading what a push touches, writing what it made, and filling a stream in bulk. */
import { sql, type Kysely, type Transaction } from 'kysely'
import { companionOf, type Kind } from '#domain/record.ts'
import { amongIds, listOf } from './place-tree.ts'
import { keepPlaceRules } from './place-rules.ts'
import { raiseHeads } from './proofs.ts'
import { followPhotos } from './photos.ts'
import { keepRequestStates } from './request-states.ts'
import type { Database } from './schema.ts'
import { moveVisits } from './visit-tally.ts'
import { untouched, type RecordRow } from './record-row.ts'

type Values = Readonly<Record<string, unknown>>

const columns = [
  'stream',
  'id',
  'kind',
  'version',
  'fields',
  'created',
  'marks',
  'removed',
  'at',
  'by',
  'moved_to as movedTo',
  'moves',
] as const

/** Records of some streams by id, tombstones too. */
export async function loadRecords(
  db: Kysely<Database>,
  streams: readonly string[],
  ids: readonly string[],
): Promise<RecordRow[]> {
  if (streams.length === 0 || ids.length === 0) return []
  const rows = await db
    .selectFrom('record')
    .select(columns)
    .where('stream', '=', listOf(streams))
    .where('id', '=', sql<string>`any(${sql.val(onlyIds(ids))}::uuid[])`)
    .execute()
  return rows as RecordRow[]
}

/** Whether a record has this id, or had it, in whatever stream. */
export async function isTaken(db: Kysely<Database>, id: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from record where id = ${id}::uuid
    union all select 1 from spent_id where id = ${id}::uuid limit 1`.execute(db)
  return rows.length > 0
}

/** Living records of a stream that belong to some others, of some kinds. */
export async function loadChildren(
  db: Kysely<Database>,
  stream: string,
  parents: readonly string[],
  kinds: readonly Kind[],
): Promise<RecordRow[]> {
  if (parents.length === 0) return []
  const rows = await db
    .selectFrom('record')
    .select(columns)
    .where('stream', '=', stream)
    .where('parent', '=', sql<string>`any(${sql.val(onlyIds(parents))}::uuid[])`)
    .where('kind', 'in', [...kinds])
    .where('removed', '=', false)
    .execute()
  return rows as RecordRow[]
}

/** Everything living that goes along with some records of these streams: what belongs to them, and so on, whatever its kind. */
export async function loadBelow(
  db: Kysely<Database>,
  streams: readonly string[],
  tops: readonly string[],
): Promise<RecordRow[]> {
  if (streams.length === 0 || tops.length === 0) return []
  const ids: string[] = []
  // One stream at a time: on several machines each stream is at one of them, and goes down its own tree.
  for (const stream of new Set(streams)) {
    const { rows } = await sql<{ id: string }>`
      with recursive below as (
        select id from record
        where stream = ${stream}::uuid and parent = any(${sql.val([...tops])}::uuid[]) and not removed
        union
        select record.id from record join below on record.parent = below.id
        where record.stream = ${stream}::uuid and not record.removed
      )
      select id from below`.execute(db)
    ids.push(...rows.map(({ id }) => id))
  }
  return (await loadRecords(db, streams, ids)).filter((row) => !row.removed)
}

/** A device may name anything: what is no id names nothing, and the database would not even compare it. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}

function onlyIds(ids: readonly string[]): string[] {
  return [...new Set(ids)].filter(isId)
}

/** All living records of a stream of some kinds. */
export function loadStream(
  db: Kysely<Database>,
  stream: string,
  kinds: readonly Kind[],
): Promise<RecordRow[]> {
  return loadStreams(db, [stream], kinds)
}

/** The same of several streams. */
export async function loadStreams(
  db: Kysely<Database>,
  streams: readonly string[],
  kinds: readonly Kind[],
): Promise<RecordRow[]> {
  const rows = await db
    .selectFrom('record')
    .select(columns)
    .where(sql<boolean>`stream ${amongIds(streams)}`)
    .where('kind', 'in', [...kinds])
    .where('removed', '=', false)
    .execute()
  return rows as RecordRow[]
}

/**
 * Writes records as they are now, new or not, in one statement. `before`: by stream and id those of them that were
 * there, where the caller has read them under the lock.
 */
export async function writeRecords(
  trx: Transaction<Database>,
  records: readonly RecordRow[],
  before?: ReadonlyMap<string, RecordRow>,
): Promise<void> {
  if (records.length === 0) return
  const rows = records.map(({ movedTo, ...record }) => ({
    ...record,
    moved_to: movedTo,
    parent: companionOf(record.kind, record.fields),
  }))
  await moveVisits(trx, records, before)
  await sql`
    insert into record (stream, id, kind, parent, version, fields, created, marks, removed, at, by,
      moved_to, moves)
    select stream, id, kind, parent, version, fields, created, marks, removed, at, by,
      moved_to, moves
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      stream uuid, id uuid, kind text, parent uuid, version bigint, fields jsonb,
      created jsonb, marks jsonb, removed boolean, at text, by uuid,
      moved_to uuid, moves integer
    )
    on conflict (stream, id) do update set
      parent = excluded.parent, version = excluded.version, fields = excluded.fields,
      created = excluded.created, marks = excluded.marks, removed = excluded.removed,
      moved_to = excluded.moved_to, moves = excluded.moves`.execute(trx)
  await followPhotos(trx, records)
  await keepPlaceRules(trx, records)
  await keepRequestStates(trx, records)
}

/** A record as a seed or an import makes it. `at`: when it came to the register, ISO 8601 UTC. */
export interface NewRecord {
  readonly kind: Kind
  readonly id: string
  readonly fields: Values
  readonly at?: string
  readonly by?: string
}

const bulk = 2_000

/** Fills a stream with new records, raising its head by their number. For filling; people's work goes through a push. */
export async function insertRecords(
  trx: Transaction<Database>,
  stream: string,
  records: Iterable<NewRecord>,
): Promise<number> {
  const row = await trx
    .selectFrom('stream')
    .select('head')
    .where('id', '=', stream)
    .forUpdate()
    .executeTakeFirstOrThrow()
  let head = row.head
  let waiting: RecordRow[] = []
  const flush = async () => {
    await writeRecords(trx, waiting)
    waiting = []
  }
  for (const record of records) {
    head += 1
    const at = record.at ?? '1970-01-01T00:00:00.000Z'
    waiting.push({
      stream,
      id: record.id,
      kind: record.kind,
      version: head,
      fields: record.fields,
      created: { version: head, device: null, at },
      ...untouched(),
      at: record.at ?? null,
      by: record.by ?? null,
    })
    if (waiting.length >= bulk) await flush()
  }
  await flush()
  await raiseHeads(trx, new Map([[stream, head]]))
  return head - row.head
}
