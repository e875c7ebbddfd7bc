/** Sealed chunks of photographs as rows: brought one by one, and gone with their record, whatever takes that away. */
import { sql, type Kysely, type Transaction } from 'kysely'
import type { ChunkStore } from './chunk-store.ts'
import type { PhotoGoneTable } from './photo-tables.ts'
import type { Database } from './schema.ts'

export interface PhotoKey {
  readonly stream: string
  readonly photo: string
}

/** What of a record that is written decides about its chunks. */
interface Written {
  readonly kind: string
  readonly id: string
  readonly stream: string
  readonly removed: boolean
  readonly movedTo: string | null
}

export interface Chunk {
  readonly index: number
  readonly hash: string
  readonly body: Buffer | null
}

export async function chunksHeld(
  db: Kysely<Database>,
  { stream, photo }: PhotoKey,
): Promise<readonly number[]> {
  const rows = await db
    .selectFrom('photo_chunk')
    .select('index')
    .where('stream', '=', stream)
    .where('photo', '=', photo)
    .orderBy('index')
    .execute()
  return rows.map(({ index }) => index)
}

export async function chunksOfPhoto(
  db: Kysely<Database>,
  { stream, photo }: PhotoKey,
): Promise<readonly Chunk[]> {
  return db
    .selectFrom('photo_chunk')
    .select(['index', 'hash', 'body'])
    .where('stream', '=', stream)
    .where('photo', '=', photo)
    .orderBy('index')
    .execute()
}

export async function findChunk(
  db: Kysely<Database>,
  { stream, photo }: PhotoKey,
  index: number,
): Promise<Chunk | undefined> {
  return db
    .selectFrom('photo_chunk')
    .select(['index', 'hash', 'body'])
    .where('stream', '=', stream)
    .where('photo', '=', photo)
    .where('index', '=', index)
    .executeTakeFirst()
}

/** The first that came stays: a chunk never changes. */
export async function addChunks(
  db: Kysely<Database>,
  { stream, photo }: PhotoKey,
  chunks: readonly (Chunk & { readonly size: number })[],
  at: Date,
): Promise<void> {
  await db
    .insertInto('photo_chunk')
    .values(chunks.map((chunk) => ({ stream, photo, ...chunk, at })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Of a stream, where what they lie in outside of the database is to be emptied as well. */
export async function dropChunks(
  trx: Kysely<Database>,
  stream: string,
  photos: readonly string[],
): Promise<void> {
  await sql`
    insert into photo_gone (stream, hash)
    select stream, hash from photo_chunk
    where stream = ${stream}::uuid and photo = any(${sql.val([...photos])}::uuid[]) and body is null
    on conflict do nothing`.execute(trx)
  await sql`
    delete from photo_chunk
    where stream = ${stream}::uuid and photo = any(${sql.val([...photos])}::uuid[])`.execute(trx)
}

/**
 * Whatever takes a photograph's record away takes its chunks away in the same transaction: an undo, the purge, the end
 * of an errand. Where the record goes to another stream, the chunks go along. The streams are locked.
 */
export async function followPhotos(
  trx: Transaction<Database>,
  records: readonly Written[],
): Promise<void> {
  const gone = new Map<string, string[]>()
  for (const { kind, removed, stream, movedTo, id } of records) {
    if (!removed || (kind !== 'photo' && kind !== 'errand-photo')) continue
    const way = `${stream}/${movedTo ?? ''}`
    gone.set(way, [...(gone.get(way) ?? []), id])
  }
  for (const [way, photos] of gone) {
    const [stream = '', to = ''] = way.split('/')
    if (to === '') await dropChunks(trx, stream, photos)
    else await moveChunks(trx, stream, to, photos)
  }
}

async function moveChunks(
  trx: Transaction<Database>,
  from: string,
  to: string,
  photos: readonly string[],
): Promise<void> {
  await sql`
    insert into photo_chunk (stream, photo, index, hash, size, body, at)
    select ${to}::uuid, photo, index, hash, size, body, at from photo_chunk
    where stream = ${from}::uuid and photo = any(${sql.val([...photos])}::uuid[])
    on conflict do nothing`.execute(trx)
  await sql`
    delete from photo_chunk
    where stream = ${from}::uuid and photo = any(${sql.val([...photos])}::uuid[])`.execute(trx)
}

/** Of some chunks beside the database those that a row names. */
export async function hashesNamed(
  db: Kysely<Database>,
  hashes: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('photo_chunk')
    .select('hash')
    .where('hash', 'in', [...hashes])
    .where('body', 'is', null)
    .execute()
  return new Set(rows.map(({ hash }) => hash))
}

const goneAtOnce = 500

/** Takes what was purged out of a store beside the database; the rows that name it go once it is gone there. */
export async function dropGone(db: Kysely<Database>, store: ChunkStore): Promise<void> {
  for (;;) {
    const { rows } = await sql<PhotoGoneTable>`
      select stream, hash from photo_gone order by stream, hash limit ${sql.lit(goneAtOnce)}`.execute(
      db,
    )
    if (rows.length === 0) return
    await store.drop(rows.map(({ hash }) => hash))
    for (const stream of new Set(rows.map((row) => row.stream))) {
      const hashes = rows.flatMap((row) => (row.stream === stream ? [row.hash] : []))
      await db
        .deleteFrom('photo_gone')
        .where('stream', '=', stream)
        .where('hash', 'in', hashes)
        .execute()
    }
  }
}
