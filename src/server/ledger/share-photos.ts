/**
 * What a unit has of a request's photographs: for each open errand a copy of each picture that has arrived, under a key
 * of its own, in the unit's stream. It goes with the errand, and where the photograph itself was taken away.
 */
import { sql, type Kysely } from 'kysely'
import { idBornIn } from '#domain/born-ids.ts'
import type { ErrandPhoto, Photo } from '#domain/photo.ts'
import { calendarId } from '../db/audit.ts'
import type { ChunkStore } from '../db/chunk-store.ts'
import { eachInTurn } from '../db/each-in-turn.ts'
import { openPhoto, sealCopy } from '../db/photo-sealing.ts'
import { addChunks } from '../db/photos.ts'
import { listOf } from '../db/place-tree.ts'
import type { RecordRow } from '../db/record-row.ts'
import { loadChildren, loadRecords } from '../db/records.ts'
import type { Database } from '../db/schema.ts'
import { lockStreams } from '../db/streams.ts'
import { transact } from '../db/transact.ts'
import { readSealed, type PhotoClock } from './photos.ts'
import { bury } from './purge.ts'
import { rowsByKey, write } from './write.ts'

interface OpenErrand {
  readonly stream: string
  readonly id: string
  readonly request: string
}

/** Where one errand fails the others are served all the same, and what failed is thrown at the end. */
export async function sharePhotos(
  db: Kysely<Database>,
  store: ChunkStore,
  clock: PhotoClock,
  onMoved: (streams: readonly string[]) => void,
  signal?: AbortSignal,
): Promise<void> {
  const errands = await openErrands(db)
  if (errands.length === 0) return
  const photos = await photosOfRequests(
    db,
    errands.map(({ request }) => request),
  )
  await eachInTurn(errands, async (errand) => {
    if (signal?.aborted) return
    if (await shareWith(db, errand, photos.get(errand.request) ?? [], store, clock)) {
      onMoved([errand.stream])
    }
  })
}

async function openErrands(db: Kysely<Database>): Promise<readonly OpenErrand[]> {
  const { rows } = await sql<OpenErrand>`
    select stream, id, fields->>'request' as request from record
    where kind = 'errand' and not removed and fields->>'endedAt' is null
    order by stream, id`.execute(db)
  return rows
}

/** Those that have arrived, by request, wherever the requests stand now. */
async function photosOfRequests(
  db: Kysely<Database>,
  requests: readonly string[],
): Promise<ReadonlyMap<string, readonly RecordRow[]>> {
  const homes = await db
    .selectFrom('request_state')
    .select(['stream', 'request'])
    .where('request', '=', listOf(requests))
    .execute()
  const found = new Map<string, RecordRow[]>()
  const streams = new Set(homes.map(({ stream }) => stream))
  for (const stream of streams) {
    const own = homes.flatMap((home) => (home.stream === stream ? [home.request] : []))
    for (const row of await loadChildren(db, stream, own, ['photo'])) {
      if (!row.fields['arrivedAt']) continue
      const request = String(row.fields['host'])
      found.set(request, [...(found.get(request) ?? []), row])
    }
  }
  return found
}

/** True where something of it changed. */
async function shareWith(
  db: Kysely<Database>,
  { stream, id: errand }: OpenErrand,
  photos: readonly RecordRow[],
  store: ChunkStore,
  clock: PhotoClock,
): Promise<boolean> {
  const held = await loadChildren(db, stream, [errand], ['errand-photo'])
  const has = new Set(held.map(({ fields }) => String(fields['photo'])))
  const there = new Set(photos.map(({ id }) => id))
  let isMoved = false
  for (const photo of photos) {
    if (!has.has(photo.id))
      isMoved = (await copy(db, stream, errand, photo, store, clock)) || isMoved
  }
  // One that the unit took itself names none before it stands beside the request.
  const stale = held.filter(
    ({ fields: { photo } }) => typeof photo === 'string' && !there.has(photo),
  )
  if (stale.length === 0) return isMoved
  await transact(db, async (trx) => {
    const locked = await lockStreams(trx, [stream])
    const rows = await loadRecords(
      trx,
      [stream],
      stale.map(({ id }) => id),
    )
    await bury(
      trx,
      rows.filter(({ removed }) => !removed),
      locked,
      'errand',
      clock,
    )
  })
  return true
}

async function copy(
  db: Kysely<Database>,
  unit: string,
  errand: string,
  photo: RecordRow,
  store: ChunkStore,
  clock: PhotoClock,
): Promise<boolean> {
  const { sha256, bytes, width, height, chunks, takenAt, thumbnail, key } =
    photo.fields as unknown as Photo
  const source = await readSealed(db, { stream: photo.stream, photo: photo.id }, store)
  const picture = source && openPhoto(photo.id, key, source)
  // It is on its way to another grid, or away: the next round looks again.
  if (!picture) return false
  const id = idBornIn(unit, clock.ids())
  const own = sealCopy(id, picture)
  const fields: ErrandPhoto = {
    ...{ errand, photo: photo.id, sha256, sealed: own.sealed, bytes, width, height, chunks },
    ...{ takenAt, thumbnail, key: own.key },
  }
  const bodies = await Promise.all(own.chunks.map((one) => store.keep(one.hash, one.bytes)))
  return transact(db, async (trx) => {
    const head = (await lockStreams(trx, [unit])).get(unit)?.head
    const [held] = await loadRecords(trx, [unit], [errand])
    if (head === undefined || !held || held.removed || held.fields['endedAt']) return false
    const others = await loadChildren(trx, unit, [errand], ['errand-photo'])
    if (others.some((one) => one.fields['photo'] === photo.id)) return false
    const at = new Date(clock.now).toISOString()
    const version = head + 1
    const mutation = {
      ...{ id: clock.ids(), device: calendarId, seq: 0, at, batch: null, stream: unit },
      ...{ kind: 'errand-photo' as const, record: id, op: 'create' as const, fields: {}, seen: 0 },
    }
    const row: RecordRow = {
      ...{ stream: unit, id, kind: 'errand-photo', version, fields, marks: {}, removed: false },
      created: { version, device: null, at, by: calendarId, mutation: mutation.id },
      ...{ at, by: calendarId, movedTo: null, moves: 0 },
    }
    await write(
      trx,
      {
        ...{
          before: rowsByKey([held]),
          written: rowsByKey([row]),
          heads: new Map([[unit, version]]),
        },
        changes: [{ mutation, stream: unit, version, correctedAt: at, fields: {} }],
      },
      { account: { id: calendarId, role: null }, device: null, ...clock },
    )
    const key = { stream: unit, photo: id }
    await addChunks(
      trx,
      key,
      own.chunks.map(({ hash, bytes: { length: size } }, index) => ({
        ...{ index, hash, size, body: bodies[index] ?? null },
      })),
      new Date(clock.now),
    )
    return true
  })
}
