/**
 * Photographs as they come: chunk by chunk, each by its hash, and looked at once all are there. Only a picture that
 * opens with its record's key, has its record's hashes and holds nothing but a picture is kept; decision 0074.
 */
import type { Kysely } from 'kysely'
import { judgeJpeg } from '#domain/jpeg.ts'
import { mostPhotoSide, sealedChunkBytes, type Photo, type PhotoRefusal } from '#domain/photo.ts'
import type { PhotoState } from '#protocol/photos.ts'
import { calendarId } from '../db/audit.ts'
import type { ChunkStore } from '../db/chunk-store.ts'
import { addChunks, chunksHeld, chunksOfPhoto, dropChunks, type PhotoKey } from '../db/photos.ts'
import { hashOf, openPhoto } from '../db/photo-sealing.ts'
import type { RecordRow } from '../db/record-row.ts'
import { loadRecords } from '../db/records.ts'
import type { Database } from '../db/schema.ts'
import { lockStreams } from '../db/streams.ts'
import { transact } from '../db/transact.ts'
import type { ChangeRow } from './draft.ts'
import { rowsByKey, write } from './write.ts'

export interface PhotoClock {
  readonly now: number
  readonly ids: () => string
}

/** More often than this nothing goes from one grid to another. */
const mostHops = 20

/** The record of a photograph, wherever it has gone since its device saw it; null where there is none any more. */
export async function findPhoto(
  db: Kysely<Database>,
  { stream, photo }: PhotoKey,
): Promise<RecordRow | null> {
  let at = stream
  for (let hop = 0; hop < mostHops; hop += 1) {
    const [row] = await loadRecords(db, [at], [photo])
    if (!row || (row.kind !== 'photo' && row.kind !== 'errand-photo')) return null
    if (!row.movedTo) return row.removed ? null : row
    at = row.movedTo
  }
  return null
}

export interface BroughtChunk {
  readonly index: number
  /** As the device says. */
  readonly hash: string
  readonly bytes: Buffer
}

/** Keeps a chunk of a photograph; false where it is none of that one. */
export async function bringChunk(
  db: Kysely<Database>,
  row: RecordRow,
  { index, hash, bytes }: BroughtChunk,
  store: ChunkStore,
  { now }: Pick<PhotoClock, 'now'>,
): Promise<boolean> {
  const fields = row.fields as unknown as Photo
  if (bytes.length === 0 || bytes.length !== sealedChunkBytes(fields.bytes, index)) return false
  if (hashOf(bytes) !== hash) return false
  const key = { stream: row.stream, photo: row.id }
  if ((await chunksHeld(db, key)).includes(index)) return true
  const body = await store.keep(hash, bytes)
  await transact(db, async (trx) => {
    // Shared: chunks do not wait for each other, and whatever takes the record away waits for them.
    const stream = await trx
      .selectFrom('stream')
      .select('id')
      .where('id', '=', row.stream)
      .forShare()
      .executeTakeFirst()
    const [here] = await loadRecords(trx, [row.stream], [row.id])
    // It went on or was taken away in this moment: the device asks once more and is led on.
    if (!stream || !here || here.removed) return
    await addChunks(trx, key, [{ index, hash, size: bytes.length, body }], new Date(now))
  })
  return true
}

/** What the server has of a photograph; where the last chunk just came, the picture is looked at first. */
export async function stateOfPhoto(
  db: Kysely<Database>,
  row: RecordRow,
  store: ChunkStore,
  clock: PhotoClock,
): Promise<PhotoState & { readonly moved: readonly string[] }> {
  const fields = row.fields as unknown as Photo
  const key = { stream: row.stream, photo: row.id }
  if (fields.refusedAs) {
    return { ok: true, have: [], arrived: false, refused: fields.refusedAs, moved: [] }
  }
  const have = [...(await chunksHeld(db, key))]
  const isWhole = have.length === fields.chunks
  if (fields.arrivedAt && isWhole) return { ok: true, have, arrived: true, moved: [] }
  if (!isWhole) return { ok: true, have, arrived: false, moved: [] }
  const found = await lookAtWhole(db, row, store)
  const isWritten = await writeFinding(db, row, found, clock)
  if (!isWritten) return { ok: true, have, arrived: false, moved: [] }
  return found === null
    ? { ok: true, have, arrived: true, moved: [row.stream] }
    : { ok: true, have: [], arrived: false, refused: found, moved: [row.stream] }
}

/** Null where the chunks are the picture that the record names. */
async function lookAtWhole(
  db: Kysely<Database>,
  { stream, id, fields }: RecordRow,
  store: ChunkStore,
): Promise<PhotoRefusal | null> {
  const of = fields as unknown as Photo
  const sealed = await readSealed(db, { stream, photo: id }, store)
  if (!sealed || hashOf(Buffer.concat(sealed)) !== of.sealed) return 'damaged'
  const picture = openPhoto(id, of.key, sealed)
  if (!picture || picture.length !== of.bytes || hashOf(picture) !== of.sha256) return 'damaged'
  const verdict = judgeJpeg(picture, mostPhotoSide)
  if (!verdict.ok) return verdict.problem
  return verdict.width === of.width && verdict.height === of.height ? null : 'wrong-shape'
}

/** The sealed chunks in order; null where one does not lie where it should. */
export async function readSealed(
  db: Kysely<Database>,
  key: PhotoKey,
  store: ChunkStore,
): Promise<readonly Buffer[] | null> {
  const sealed: Buffer[] = []
  for (const { hash, body } of await chunksOfPhoto(db, key)) {
    const bytes = await store.read(hash, body)
    if (!bytes) return null
    sealed.push(bytes)
  }
  return sealed
}

/** Into the record, so that every device hears it; false where the record is another one by now. */
function writeFinding(
  db: Kysely<Database>,
  { stream, id, fields: seen }: RecordRow,
  refused: PhotoRefusal | null,
  clock: PhotoClock,
): Promise<boolean> {
  const at = new Date(clock.now).toISOString()
  const said = refused === null ? { arrivedAt: at } : { refusedAs: refused }
  return transact(db, async (trx) => {
    const locked = await lockStreams(trx, [stream])
    const [row] = await loadRecords(trx, [stream], [id])
    const head = locked.get(stream)?.head
    if (!row || row.removed || head === undefined || row.fields['key'] !== seen['key']) return false
    if (row.fields['arrivedAt']) return refused === null
    const version = head + 1
    const mutation: ChangeRow['mutation'] = {
      ...{ id: clock.ids(), device: calendarId, seq: 0, at, batch: null, stream },
      ...{ kind: row.kind, record: id, op: 'patch', fields: said, seen: row.version },
    }
    const mark = { version, device: null, at, by: calendarId, mutation: mutation.id }
    const marks = Object.fromEntries(Object.keys(said).map((name) => [name, mark]))
    const now: RecordRow = {
      ...row,
      ...{ version, fields: { ...row.fields, ...said }, marks: { ...row.marks, ...marks } },
    }
    const changed = Object.entries(said).map(([name, value]) => [name, [null, value]] as const)
    await write(
      trx,
      {
        ...{ before: rowsByKey([row]), written: rowsByKey([now]) },
        heads: new Map([[stream, version]]),
        changes: [
          { mutation, stream, version, correctedAt: at, fields: Object.fromEntries(changed) },
        ],
      },
      { account: { id: calendarId, role: null }, device: null, ...clock },
    )
    if (refused !== null) await dropChunks(trx, stream, [id])
    return true
  })
}
