/**
 * Photographs that a unit took of its errand. They come as every photograph (`photos.ts`), into the unit's own stream;
 * one that is whole becomes a photograph of the request, where the request stands now, under a key of its own. Its id
 * is known before, so that the unit's answer names it however late the picture comes.
 */
import { sql, type Kysely } from 'kysely'
import type { ErrandPhoto, Photo } from '#domain/photo.ts'
import { photoOfRequest } from '#domain/requests/errand.ts'
import { calendarId } from '../db/audit.ts'
import type { ChunkStore } from '../db/chunk-store.ts'
import { eachInTurn } from '../db/each-in-turn.ts'
import { streamOfRequest } from '../db/hotline.ts'
import { openPhoto, sealCopy } from '../db/photo-sealing.ts'
import { addChunks, type PhotoKey } from '../db/photos.ts'
import type { RecordRow } from '../db/record-row.ts'
import { loadRecords } from '../db/records.ts'
import type { Database } from '../db/schema.ts'
import { lockStreams } from '../db/streams.ts'
import { transact } from '../db/transact.ts'
import type { ChangeRow } from './draft.ts'
import { readSealed, type PhotoClock } from './photos.ts'
import { rowsByKey, write } from './write.ts'

/** Where one fails the others go all the same, and what failed is thrown at the end. */
export async function placeUnitPhotos(
  db: Kysely<Database>,
  store: ChunkStore,
  clock: PhotoClock,
  onMoved: (streams: readonly string[]) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { rows } = await sql<PhotoKey>`
    select stream, id as photo from record
    where kind = 'errand-photo' and not removed and fields->>'photo' is null
      and fields->>'arrivedAt' is not null
    order by stream, id`.execute(db)
  await eachInTurn(rows, async (key) => {
    if (signal?.aborted) return
    const moved = await place(db, key, store, clock)
    if (moved.length > 0) onMoved(moved)
  })
}

/** Returns the streams that moved; none where it is another round's, or its request is gone. */
async function place(
  db: Kysely<Database>,
  { stream: unit, photo: taken }: PhotoKey,
  store: ChunkStore,
  clock: PhotoClock,
): Promise<readonly string[]> {
  const [own] = await loadRecords(db, [unit], [taken])
  if (!own || own.removed) return []
  const { key: secret, errand, ...said } = own.fields as unknown as ErrandPhoto
  const [of] = await loadRecords(db, [unit], [errand])
  const request = String(of?.fields['request'])
  const stream = of && (await streamOfRequest(db, request))
  const sealed = stream && (await readSealed(db, { stream: unit, photo: taken }, store))
  const picture = sealed && openPhoto(taken, secret, sealed)
  if (!stream || !picture) return []
  const id = photoOfRequest(request, taken)
  const copy = sealCopy(id, picture)
  const bodies = await Promise.all(copy.chunks.map((one) => store.keep(one.hash, one.bytes)))
  // What no row names in the end is swept out of a folder later: where a line breaks, nobody knows whether it was written.
  const isPlaced = await transact(db, async (trx) => {
    const locked = await lockStreams(trx, [stream, unit])
    const [heads, at] = [[stream, unit].map((one) => locked.get(one)?.head), timeOf(clock)]
    const [host] = await loadRecords(trx, [stream], [request])
    const [here] = await loadRecords(trx, [unit], [taken])
    // In another grid by now, or placed by another round: the next one looks again.
    if (heads[0] === undefined || heads[1] === undefined) return false
    if (!host || host.removed || !here || here.removed || here.fields['photo']) return false
    const { sha256, bytes, width, height, takenAt, thumbnail } = said
    const fields: Photo = {
      ...{ host: request, sha256, sealed: copy.sealed, bytes, width, height, takenAt, thumbnail },
      ...{ key: copy.key, chunks: copy.chunks.length, arrivedAt: at },
    }
    const version = heads[0] + 1
    const { by } = here
    const photo: RecordRow = {
      ...{ stream, id, kind: 'photo', version, fields, marks: {}, removed: false },
      created: { version, device: null, at, by, mutation: clock.ids() },
      ...{ at, by, movedTo: null, moves: 0 },
    }
    const placed = heads[1] + 1
    const mark = { version: placed, device: null, at, by: calendarId, mutation: clock.ids() }
    const now: RecordRow = {
      ...{ ...here, version: placed, fields: { ...here.fields, photo: id } },
      marks: { ...here.marks, photo: mark },
    }
    const change = (row: RecordRow, mutation: string, isNew: boolean): ChangeRow => ({
      mutation: {
        ...{ id: mutation, device: calendarId, seq: 0, at, batch: null, stream: row.stream },
        ...{ kind: row.kind, record: row.id, op: isNew ? 'create' : 'patch' },
        ...{ fields: isNew ? {} : { photo: id }, seen: isNew ? 0 : here.version },
      },
      ...{ stream: row.stream, version: row.version, correctedAt: at },
      fields: isNew ? {} : { photo: [null, id] },
    })
    await write(
      trx,
      {
        ...{ before: rowsByKey([host, here]), written: rowsByKey([photo, now]) },
        heads: new Map([
          [stream, version],
          [unit, placed],
        ]),
        changes: [
          change(photo, photo.created.mutation ?? '', true),
          change(now, mark.mutation, false),
        ],
      },
      { account: { id: calendarId, role: null }, device: null, ...clock },
    )
    await addChunks(
      trx,
      { stream, photo: id },
      copy.chunks.map(({ hash, bytes: { length: size } }, index) => ({
        ...{ index, hash, size, body: bodies[index] ?? null },
      })),
      new Date(clock.now),
    )
    return true
  })
  return isPlaced ? [stream, unit] : []
}

const timeOf = ({ now }: Pick<PhotoClock, 'now'>): string => new Date(now).toISOString()
