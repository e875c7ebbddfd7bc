/** Imports as rows: those that wait for the server's word, their parts, and which versions each one wrote. */
import { sql, type Kysely, type Transaction } from 'kysely'
import type { Import, ImportItem } from '#domain/import.ts'
import { listOf } from './place-tree.ts'
import type { Database } from './schema.ts'

export interface WaitingImport {
  readonly stream: string
  readonly id: string
  /** Written already, and asked to be taken back. */
  readonly isUndo: boolean
}

/** What has every part and no outcome yet, and what shall be taken back; oldest first. */
export async function waitingImports(db: Kysely<Database>): Promise<WaitingImport[]> {
  const { rows } = await sql<WaitingImport>`
    select stream, id, fields->>'undoAsked' is not null as "isUndo" from record
    where kind = 'import' and not removed and (
      (fields->>'outcome' = 'written' and fields->>'undoAsked' is not null)
      or (fields->>'outcome' is null and (fields->>'undoAsked' is not null
        or (fields->>'parts')::bigint <= (
          select count(distinct part.fields->>'part') from record as part
          where part.stream = record.stream and part.parent = record.id
            and part.kind = 'import-part' and not part.removed
            and part.by = record.by
            and part.created->>'device' is not distinct from record.created->>'device'
        )))
    )
    order by at, id`.execute(db)
  return rows
}

/**
 * Its changes in the order of its parts; null where a part is missing, 'doubled' where one is there twice, which only
 * a server of before version 0.2.0 took. Parts of somebody else, which it took as well, are none of the import's.
 */
export async function loadItems(
  trx: Transaction<Database>,
  stream: string,
  id: string,
  { parts }: Pick<Import, 'parts'>,
): Promise<ImportItem[] | 'doubled' | null> {
  const { rows } = await sql<{ part: number; items: ImportItem[] }>`
    select (part.fields->>'part')::int as part, part.fields->'items' as items
    from record as part
    join record as whole on whole.stream = part.stream and whole.id = part.parent
    where part.stream = ${stream}::uuid and part.parent = ${id}::uuid
      and part.kind = 'import-part' and not part.removed and part.by = whole.by
      and part.created->>'device' is not distinct from whole.created->>'device'
    order by 1`.execute(trx)
  if (new Set(rows.map(({ part }) => part)).size < rows.length) return 'doubled'
  const isWhole = rows.length === parts && rows.every(({ part }, index) => part === index + 1)
  return isWhole ? rows.flatMap(({ items }) => items) : null
}

/** Who brought it, by which device, and the mutation's number there. */
export async function authorOf(
  trx: Transaction<Database>,
  stream: string,
  id: string,
  op: 'create' | 'patch',
): Promise<{ readonly account: string; readonly device: string; readonly seq: number } | null> {
  const found = await trx
    .selectFrom('change')
    .select(['account', 'device', 'seq'])
    .where('stream', '=', stream)
    .where('record', '=', id)
    .where('op', '=', op)
    .orderBy('version', 'desc')
    .executeTakeFirst()
  return found ?? null
}

/** Parts are of no use once it is decided, and they hold persons. */
export async function dropParts(
  trx: Transaction<Database>,
  stream: string,
  id: string,
): Promise<void> {
  await sql`delete from record
    where stream = ${stream}::uuid and parent = ${id}::uuid and kind = 'import-part'`.execute(trx)
}

/** Those that came after it was decided: of a tablet that was away while somebody let the import go. */
export async function dropLateParts(db: Kysely<Database>): Promise<void> {
  await sql`delete from record as part using record as whole
    where whole.kind = 'import' and whole.fields->>'outcome' is not null
      and part.stream = whole.stream and part.parent = whole.id
      and part.kind = 'import-part'`.execute(db)
}

export interface Span {
  readonly stream: string
  readonly from: number
  readonly to: number
}

export async function writeSpans(
  trx: Transaction<Database>,
  id: string,
  spans: readonly Span[],
): Promise<void> {
  if (spans.length === 0) return
  await trx
    .insertInto('import_span')
    .values(
      spans.map(({ stream, from, to }) => ({
        stream,
        import: id,
        from_version: from,
        to_version: to,
      })),
    )
    .execute()
}

export async function spansOf(trx: Transaction<Database>, id: string): Promise<Span[]> {
  const rows = await trx
    .selectFrom('import_span')
    .select(['stream', 'from_version as from', 'to_version as to'])
    .where('import', '=', id)
    .orderBy('stream')
    .execute()
  return rows
}

/** By import: the streams that it wrote to. */
export async function spansOfImports(
  db: Kysely<Database>,
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await db
    .selectFrom('import_span')
    .select(['import', 'stream'])
    .where('import', '=', sql<string>`any(${sql.val([...ids])}::uuid[])`)
    .execute()
  const found = new Map<string, string[]>()
  for (const { import: id, stream } of rows) found.set(id, [...(found.get(id) ?? []), stream])
  return found
}

export async function markUndone(trx: Transaction<Database>, id: string): Promise<void> {
  await trx.updateTable('import_span').set({ undone: true }).where('import', '=', id).execute()
}

/**
 * Whether somebody brought people in since an import was compared with the register: by another import into one of its
 * streams, or anywhere that its author sees one with a document number that this one takes for new. `bases`: of the
 * streams that it writes to; `beside`: of the others. Under lock, so that of two at once the second one learns of it.
 */
export async function isOvertaken(
  trx: Transaction<Database>,
  bases: ReadonlyMap<string, number>,
  beside: ReadonlyMap<string, number>,
  numbers: readonly string[],
): Promise<boolean> {
  const overtaken = await sql`
    select 1 from ${unnested(bases)}
    join import_span on import_span.stream = base.stream and import_span.to_version > base.version
    where import_span.stream = ${listOf(bases.keys())} and not undone
    limit 1`.execute(trx)
  if (overtaken.rows.length > 0) return true
  const seen = new Map([...beside, ...bases])
  const brought = await sql`
    select 1 from ${unnested(seen)}
    join record on record.stream = base.stream and record.version > base.version
    where record.stream = ${listOf(seen.keys())} and record.kind = 'resident' and not record.removed
      and record.fields->>'documentNumber' = any(${sql.val([...numbers])}::text[])
    limit 1`.execute(trx)
  return brought.rows.length > 0
}

function unnested(versions: ReadonlyMap<string, number>) {
  const streams = sql.val([...versions.keys()])
  return sql`unnest(${streams}::uuid[], ${sql.val([...versions.values()])}::bigint[]) as base (stream, version)`
}
