/**
 * Photographs of residents: told first, then piece by piece, and looked at once all are there, as every photograph
 * (decisions 0074 and 0102). What is whole waits with what was asked; once that stands in a stream the picture
 * is sealed under a key of its own and becomes a record beside it.
 */
import type { Kysely } from 'kysely'
import { idBornIn } from '#domain/born-ids.ts'
import { judgeJpeg } from '#domain/jpeg.ts'
import { chunkBytes, chunksOf, mostPhotoSide, type Photo } from '#domain/photo.ts'
import { residentId } from '../db/audit.ts'
import {
  dropPieces,
  findAskPhoto,
  forgetPhoto,
  keepPiece,
  markArrived,
  photosToPlace,
  pictureOf,
  piecesHeld,
  type AskPhotoKey,
  type AskPhotoRow,
} from '../db/ask-photos.ts'
import type { ChunkStore } from '../db/chunk-store.ts'
import { eachInTurn } from '../db/each-in-turn.ts'
import { hashOf, sealCopy } from '../db/photo-sealing.ts'
import { addChunks } from '../db/photos.ts'
import type { RecordRow } from '../db/record-row.ts'
import { loadRecords } from '../db/records.ts'
import { streamOfRequest } from '../db/hotline.ts'
import type { Database } from '../db/schema.ts'
import { lockStreams } from '../db/streams.ts'
import { transact } from '../db/transact.ts'
import type { PhotoClock } from './photos.ts'
import { rowsByKey, write } from './write.ts'

export interface AskedPhotoState {
  /** Indexes of the pieces that are here. */
  readonly have: readonly number[]
  readonly arrived: boolean
  /** All came and are no picture that is kept: nothing of it is here any more. */
  readonly isRefused?: boolean
}

export async function stateOfAskedPhoto(
  db: Kysely<Database>,
  row: AskPhotoRow,
): Promise<AskedPhotoState> {
  if (row.arrived_at !== null) return { have: [], arrived: true }
  return { have: await piecesHeld(db, row), arrived: false }
}

/** Null where it is no piece of that photograph. Two that end it at once are taken one after the other. */
export function bringPiece(
  db: Kysely<Database>,
  key: AskPhotoKey,
  index: number,
  body: Buffer,
  { now }: Pick<PhotoClock, 'now'>,
): Promise<AskedPhotoState | null> {
  return transact(db, async (trx) => {
    const row = await findAskPhoto(trx, key, { isLocked: true })
    if (!row) return null
    if (row.arrived_at !== null) return { have: [], arrived: true }
    const length = Math.min(chunkBytes, row.bytes - index * chunkBytes)
    if (length <= 0 || body.length !== length) return null
    await keepPiece(trx, row, index, body)
    const have = await piecesHeld(trx, row)
    if (have.length < chunksOf(row.bytes)) return { have, arrived: false }
    const picture = await pictureOf(trx, row)
    const verdict = judgeJpeg(picture, mostPhotoSide)
    const thumbnail = judgeJpeg(Buffer.from(row.thumbnail, 'base64'), mostPhotoSide)
    if (hashOf(picture) !== row.sha256 || !verdict.ok || !thumbnail.ok) {
      await forgetPhoto(trx, row)
      return { have: [], arrived: false, isRefused: true }
    }
    await markArrived(trx, row, verdict, new Date(now))
    return { have, arrived: true }
  })
}

/** Brings those whose request stands in a stream into it; where one fails the others go all the same. */
export async function placeAskedPhotos(
  db: Kysely<Database>,
  store: ChunkStore,
  clock: PhotoClock,
  onMoved: (streams: readonly string[]) => void,
  signal?: AbortSignal,
): Promise<void> {
  await eachInTurn(photosToPlace(db), async ({ request, ...key }) => {
    if (signal?.aborted) return
    const stream = await streamOfRequest(db, request)
    if (stream === null) {
      // Purged, or taken away by an undo: its photographs go with it.
      await forgetPhoto(db, key)
      return
    }
    if (await place(db, key, { stream, request }, store, clock)) onMoved([stream])
  })
}

async function place(
  db: Kysely<Database>,
  key: AskPhotoKey,
  { stream, request }: { readonly stream: string; readonly request: string },
  store: ChunkStore,
  clock: PhotoClock,
): Promise<boolean> {
  const picture = await pictureOf(db, key)
  // Another round has placed it meanwhile.
  if (hashOf(picture) !== key.sha256) return false
  const id = idBornIn(stream, clock.ids())
  const { key: secret, chunks, sealed } = sealCopy(id, picture)
  const bodies = await Promise.all(chunks.map((one) => store.keep(one.hash, one.bytes)))
  // What no row names in the end is swept out of a folder later: where a line breaks, nobody knows whether it was written.
  return transact(db, async (trx) => {
    const head = (await lockStreams(trx, [stream])).get(stream)?.head
    const [host] = await loadRecords(trx, [stream], [request])
    const row = await findAskPhoto(trx, key, { isLocked: true })
    // Another round, or another grid by now: the next one looks again.
    if (head === undefined || !host || host.removed || !row || row.photo !== null) return false
    const at = new Date(clock.now).toISOString()
    const fields: Photo = {
      ...{ host: request, sha256: row.sha256, sealed, bytes: row.bytes, key: secret },
      ...{ width: row.width, height: row.height, chunks: chunks.length },
      ...{ takenAt: row.at.toISOString(), thumbnail: row.thumbnail, arrivedAt: at },
    }
    const version = head + 1
    const mutation = {
      ...{ id: clock.ids(), device: residentId, seq: 0, at, batch: null, stream },
      ...{ kind: 'photo' as const, record: id, op: 'create' as const, fields: {}, seen: 0 },
    }
    const photo: RecordRow = {
      ...{ stream, id, kind: 'photo', version, fields, marks: {}, removed: false },
      created: { version, device: null, at, by: residentId, mutation: mutation.id },
      ...{ at, by: residentId, movedTo: null, moves: 0 },
    }
    await write(
      trx,
      {
        ...{ before: rowsByKey([host]), written: rowsByKey([photo]) },
        heads: new Map([[stream, version]]),
        changes: [{ mutation, stream, version, correctedAt: at, fields: {} }],
      },
      { account: { id: residentId, role: null }, device: null, ...clock },
    )
    await addChunks(
      trx,
      { stream, photo: id },
      chunks.map(({ hash, bytes: { length: size } }, index) => ({
        ...{ index, hash, size, body: bodies[index] ?? null },
      })),
      new Date(clock.now),
    )
    await trx
      .updateTable('ask_photo')
      .set({ photo: id, thumbnail: '' })
      .where('place', '=', key.place)
      .where('ask', '=', key.ask)
      .where('sha256', '=', key.sha256)
      .execute()
    await dropPieces(trx, key)
    return true
  })
}
