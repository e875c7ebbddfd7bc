/** Snapshots: a stream's living records as the pages of a first pull, kept ready. A first pull then costs a read. */
import type { Kysely } from 'kysely'
import type { Kind } from '#domain/record.ts'
import { historyDays, readPages } from './pages.ts'
import type { Database } from './schema.ts'

/** Pages that were deflated before; what of them the stream had since comes behind. */
export interface Snapshot {
  readonly epoch: number
  /** Up to which version. */
  readonly version: number
  readonly parts: number
}

export interface SnapshotPart {
  readonly body: Buffer
  readonly size: number
  readonly crc: number
}

const partSize = 1_000_000

export async function findSnapshot(
  db: Kysely<Database>,
  stream: string,
): Promise<Snapshot | undefined> {
  const row = await db
    .selectFrom('snapshot')
    .select(['epoch', 'version'])
    .select(({ fn }) => fn.countAll<number>().as('parts'))
    .where('stream', '=', stream)
    .groupBy(['epoch', 'version'])
    .executeTakeFirst()
  return row && { ...row, parts: Number(row.parts) }
}

/** Undefined where another snapshot took its place meanwhile. */
export async function readSnapshotPart(
  db: Kysely<Database>,
  stream: string,
  { epoch, version }: Snapshot,
  part: number,
): Promise<SnapshotPart | undefined> {
  return db
    .selectFrom('snapshot')
    .select(['body', 'size', 'crc'])
    .where('stream', '=', stream)
    .where('part', '=', part)
    .where('epoch', '=', epoch)
    .where('version', '=', version)
    .executeTakeFirst()
}

/** Makes a stream's snapshot anew; the old one serves until the new one is whole. */
export async function makeSnapshot(
  db: Kysely<Database>,
  stream: string,
  kinds: readonly Kind[],
  now: number,
  deflate: (text: string) => Promise<SnapshotPart>,
): Promise<void> {
  const at = await db
    .selectFrom('stream')
    .select(['epoch', 'head'])
    .where('id', '=', stream)
    .executeTakeFirst()
  if (!at) return
  const { epoch, head } = at
  const since = new Date(now - historyDays * 86_400_000).toISOString()
  const parts: SnapshotPart[] = []
  let text = ''
  for await (const line of readPages(
    db,
    { stream, epoch, from: 0, head, reset: true },
    kinds,
    since,
  )) {
    text += line
    if (text.length < partSize) continue
    parts.push(await deflate(text))
    text = ''
  }
  if (text !== '') parts.push(await deflate(text))
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('snapshot').where('stream', '=', stream).execute()
    for (const [part, { body, size, crc }] of parts.entries()) {
      const row = { stream, part, epoch, version: head, made_at: new Date(now), size, crc, body }
      await trx.insertInto('snapshot').values(row).execute()
    }
  })
}

/** Streams that are worth one and have none that serves. */
export async function streamsWithoutSnapshot(
  db: Kysely<Database>,
  leastVersions: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom('stream')
    .select('stream.id')
    .where('stream.head', '>=', leastVersions)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('snapshot')
            .select('snapshot.part')
            .whereRef('snapshot.stream', '=', 'stream.id')
            .whereRef('snapshot.epoch', '=', 'stream.epoch')
            .whereRef('snapshot.version', '>=', 'stream.floor'),
        ),
      ),
    )
    .orderBy('stream.head', 'desc')
    .execute()
  return rows.map((row) => row.id)
}
