/**
 * A unit photographs what it did: into its own stream, of its own errand, and no more than so many. What came whole
 * stands beside the request (`src/server/ledger/unit-photos.ts`), where the office sees it, and its asker once the office
 * released the answer.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { mostPhotosOfErrand } from '#domain/photo.ts'
import { photoOfRequest } from '#domain/requests/errand.ts'
import { followCodeBytes, writeFollowCode } from '#domain/requests/follow-code.ts'
import { putChunkPath, type PhotoState } from '#protocol/photos.ts'
import { errandDays, forgetErrands } from '#server/ledger/forget-errands.ts'
import { createFolderStore } from '#server/db/chunk-folder.ts'
import { openByToken } from '#server/db/ask-follow.ts'
import { hashOfText } from '#server/db/hashing-text.ts'
import { openPhoto } from '#server/db/photo-sealing.ts'
import { bringChunk, findPhoto, readSealed, stateOfPhoto } from '#server/ledger/photos.ts'
import { placeUnitPhotos } from '#server/ledger/unit-photos.ts'
import { sampleJpeg, withTail } from '#tests/support/sample-jpeg.ts'
import { sealedPhoto, type SealedPhoto } from '#tests/support/sample-photo.ts'
import { breaksAfterCommit } from './breaks-after-commit.ts'
import { problemOf, type Device, type Office } from './office.ts'
import { answer, openDesk, type Desk } from './request-desk.ts'

let desk: Desk
let office: Office
let numbered = 0

beforeAll(async () => {
  desk = await openDesk()
  ;({ office } = desk)
})
afterAll(() => office.close())

interface Taken {
  readonly id: string
  readonly sealed: SealedPhoto
}

/** A request that the unit has, and its errand there. */
async function handled() {
  numbered += 1
  const request = await desk.dispatched({ number: `JJQ-261123-07-${numbered + 10}` })
  await desk.unitDoes(request.id, 'sign')
  const errand = await desk.errandOf(desk.handler, request.id)
  if (!errand) throw new Error('the unit has no such errand')
  return { request: request.id, errand }
}

/** What a unit's device pushes of a photograph; the picture follows. */
function photo(errand: string, more: object = {}, made: Parameters<typeof sealedPhoto>[2] = {}) {
  const id = office.ids()
  const sealed = sealedPhoto(id, desk.now(), made)
  const fields = { ...sealed.fields, errand, ...more }
  return { id, sealed, mutation: desk.handler.create(desk.unit, 'errand-photo', id, fields) }
}

const put = (device: Device, { id, sealed }: Taken, index: number, stream = desk.unit) =>
  office.fetch(putChunkPath(stream, id, index, sealed.chunks[index]?.hash ?? ''), {
    method: 'PUT',
    headers: { ...device.headers, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(sealed.chunks[index]?.bytes ?? []),
  })

async function bring(taken: Taken, device = desk.handler): Promise<PhotoState> {
  let state: PhotoState | null = null
  for (const index of taken.sealed.chunks.keys()) {
    const response = await put(device, taken, index)
    expect(response.status).toBe(200)
    state = (await response.json()) as PhotoState
  }
  if (!state) throw new Error('no chunks')
  return state
}

const photosOf = async (device: Device, request: string) =>
  [...(await device.pull()).records.values()].filter(
    ({ kind, removed, fields }) => kind === 'photo' && !removed && fields?.['host'] === request,
  )

it('reaches the office with the answer that names it, and who asked once that is released', async () => {
  const { request, errand } = await handled()
  const taken = photo(errand.id)
  await desk.goodOf(desk.handler, [
    await desk.act(desk.handler, errand, 'answer', { ...answer, photos: [taken.id] }),
    taken.mutation,
  ])
  const named = photoOfRequest(request, taken.id)
  expect((await desk.stepsOf(request)).at(-1)).toMatchObject({ step: 'answer', photos: [named] })
  // On its way: named, and not there.
  await office.server.runCalendar()
  expect(await photosOf(desk.staff, request)).toEqual([])
  expect(await bring(taken)).toMatchObject({ arrived: true })
  await office.server.runCalendar()
  await office.server.runCalendar()
  const [placed, ...others] = await photosOf(desk.staff, request)
  expect(others).toEqual([])
  expect(placed).toMatchObject({ id: named, by: desk.handler.account })
  expect(placed?.fields).toMatchObject({
    sha256: taken.sealed.fields.sha256,
    arrivedAt: desk.now(),
  })
  // Under a key of its own, in the grid's stream.
  const key = String(placed?.fields?.['key'])
  expect(key).not.toBe(taken.sealed.fields.key)
  const chunks = await Promise.all(
    taken.sealed.chunks.map(async (_, index) => {
      const path = `/api/photos/${office.places.grid}/${named}/${index}`
      const response = await office.fetch(path, { headers: desk.staff.headers })
      expect(response.status).toBe(200)
      return Buffer.from(((await response.json()) as { chunk: string }).chunk, 'base64')
    }),
  )
  expect(openPhoto(named, key, chunks)?.equals(Buffer.from(taken.sealed.picture))).toBe(true)
  // The unit keeps its own, and gets no copy of it beside.
  const own = [...(await desk.handler.pull()).records.values()].filter(
    ({ kind, fields }) => kind === 'errand-photo' && fields?.['errand'] === errand.id,
  )
  expect(own).toMatchObject([{ id: taken.id, fields: { photo: named } }])
  // Who asked sees it with the released answer, and not before.
  const code = writeFollowCode(new Uint8Array(followCodeBytes).fill(7))
  const [asker] = [...(await desk.staff.pull()).records.values()].filter(
    ({ kind, fields }) => kind === 'asker' && fields?.['request'] === request,
  )
  if (!asker) throw new Error('nobody asked')
  const tokens = [{ hash: hashOfText(code), made: desk.now() }]
  await desk.goodOf(desk.staff, [desk.staff.patch(asker, { tokens })])
  const seen = async () => {
    const opened = await openByToken(office.db, hashOfText(code), office.clock.now())
    return opened.is === 'request' ? opened.answered.map(({ id }) => id) : opened.is
  }
  expect(await seen()).toEqual([])
  await desk.does(desk.staff, request, 'release')
  expect(await seen()).toEqual([named])
})

it('comes with the answer where the picture was there first', async () => {
  const { request, errand } = await handled()
  const taken = photo(errand.id)
  await desk.goodOf(desk.handler, [taken.mutation])
  expect(await bring(taken)).toMatchObject({ arrived: true })
  await office.server.runCalendar()
  expect(await photosOf(desk.staff, request)).toMatchObject([
    { id: photoOfRequest(request, taken.id) },
  ])
  // A helping unit gets a copy, as of every photograph of the request.
  await desk.does(desk.staff, request, 'add-unit', { coUnits: [desk.otherUnit] })
  await office.server.runCalendar()
  const copies = [...(await desk.otherHandler.pull()).records.values()].filter(
    ({ kind, fields }) =>
      kind === 'errand-photo' && fields?.['photo'] === photoOfRequest(request, taken.id),
  )
  expect(copies).toHaveLength(1)
  // Nobody brings other pictures in place of a copy.
  const copy = { id: copies[0]?.id ?? '', sealed: taken.sealed }
  expect(await problemOf(await put(desk.otherHandler, copy, 0, desk.otherUnit))).toBe('not-found')
})

it('is refused of an errand of another unit, of what is no errand, and to whoever has no errands', async () => {
  const { request, errand } = await handled()
  const id = office.ids()
  const fields = { ...sealedPhoto(id, desk.now()).fields, errand: errand.id }
  const refused = async (device: Device, stream: string, more: object = {}) => {
    const mutation = device.create(stream, 'errand-photo', office.ids(), { ...fields, ...more })
    const [receipt] = (await device.pushed([mutation])).receipts
    return receipt?.ok === false ? receipt.problem : 'taken'
  }
  // In the stream of the unit that has it, and in its own one.
  expect(await refused(desk.otherHandler, desk.unit)).toBe('stream-not-yours')
  expect(await refused(desk.otherHandler, desk.otherUnit)).toBe('reference-missing')
  expect(await refused(desk.handler, desk.unit, { errand: request })).toBe('reference-missing')
  expect(await refused(desk.handler, office.places.grid)).toBe('stream-not-yours')
  for (const device of [desk.worker, desk.staff]) {
    expect(await refused(device, office.places.grid)).toBe('kind-not-yours')
  }
  expect(await refused(desk.admin, desk.unit)).toBe('kind-not-yours')
  // What the server finds is not the unit's to say, nor of which photograph it is.
  for (const more of [
    { arrivedAt: desk.now() },
    { refusedAs: 'damaged' },
    { photo: office.ids() },
  ]) {
    expect(await refused(desk.handler, desk.unit, more)).toBe('kind-not-yours')
  }
  const gif = Buffer.from('GIF89a').toString('base64')
  expect(await refused(desk.handler, desk.unit, { thumbnail: gif })).toBe('invalid-fields')
  // A photograph of the request itself is not the unit's to make.
  const ofRequest = desk.handler.create(desk.unit, 'photo', office.ids(), {
    ...{ ...fields, host: errand.id },
  })
  expect((await desk.handler.pushed([ofRequest])).receipts).toMatchObject([
    { ok: false, problem: 'kind-not-yours' },
  ])
})

it('is brought and seen by its own unit alone, stays as it was, and is looked at as every picture', async () => {
  const { request, errand } = await handled()
  const taken = photo(errand.id)
  const picture = withTail(sampleJpeg({ width: 320, height: 240 }), '<script>x</script>')
  const bad = photo(errand.id, {}, { picture })
  await desk.goodOf(desk.handler, [taken.mutation, bad.mutation])
  for (const device of [desk.otherHandler, desk.worker]) {
    expect(await problemOf(await put(device, taken, 0))).toBe('not-found')
  }
  expect(await bring(bad)).toMatchObject({ arrived: false, refused: 'tail' })
  await bring(taken)
  const get = (device: Device) =>
    office.fetch(`/api/photos/${desk.unit}/${taken.id}/0`, { headers: device.headers })
  expect((await get(desk.handler)).status).toBe(200)
  expect(await problemOf(await get(desk.otherHandler))).toBe('not-found')
  // A pull says nothing of what is written while it reads; so that is over first.
  await office.server.runCalendar()
  const held = (await desk.handler.pull()).records.get(taken.id)
  if (!held) throw new Error('the unit does not have it')
  const { receipts } = await desk.handler.pushed([
    desk.handler.patch(held, { errand: request }),
    desk.handler.mutation({
      ...{ stream: desk.unit, kind: 'errand-photo', record: taken.id, op: 'remove' },
      seen: 100_000,
    }),
  ])
  expect(receipts).toMatchObject([
    { ok: false, problem: 'append-only' },
    { ok: false, problem: 'append-only' },
  ])
  await office.server.runCalendar()
  expect(await photosOf(desk.staff, request)).toHaveLength(1)
})

it('takes so many of one errand and no more, however they come', async () => {
  const { errand } = await handled()
  const many = Array.from({ length: mostPhotosOfErrand + 1 }, () => photo(errand.id).mutation)
  const { receipts } = await desk.handler.pushed(many)
  expect(receipts.filter(({ ok }) => ok)).toHaveLength(mostPhotosOfErrand)
  expect(receipts.at(-1)).toMatchObject({
    ...{ ok: false, problem: 'invalid-fields' },
    fields: [{ field: 'errand', problem: 'too-many' }],
  })
  expect((await desk.handler.pushed([photo(errand.id).mutation])).receipts).toMatchObject([
    { ok: false, problem: 'invalid-fields' },
  ])
  // Of another errand there is room.
  const other = await handled()
  await desk.goodOf(desk.handler, [photo(other.errand.id).mutation])
})

it('of an errand that was recalled meanwhile comes all the same, and the office brings in what a device could not send', async () => {
  const { request, errand } = await handled()
  await desk.does(desk.staff, request, 'recall', { words: '样例' })
  const taken = photo(errand.id)
  await desk.goodOf(desk.handler, [
    await desk.act(desk.handler, errand, 'note', { words: '已到现场', photos: [taken.id] }),
    taken.mutation,
  ])
  expect(await bring(taken, desk.admin)).toMatchObject({ arrived: true })
  await office.server.runCalendar()
  expect(await photosOf(desk.staff, request)).toHaveLength(1)
  expect((await desk.stepsOf(request)).at(-1)).toMatchObject({
    ...{ step: 'note', photos: [photoOfRequest(request, taken.id)] },
  })
})

it('goes from the unit with the errand, and nothing of it stays there', async () => {
  const { request, errand } = await handled()
  const taken = photo(errand.id)
  await desk.goodOf(desk.handler, [taken.mutation])
  await bring(taken)
  await office.server.runCalendar()
  await desk.does(desk.staff, request, 'recall', { words: '样例' })
  const clock = { now: office.clock.now() + (errandDays + 1) * 86_400_000, ids: office.ids }
  expect(await forgetErrands(office.own, clock, () => false)).toEqual([desk.unit])
  const { rows } = await sql`
    select 1 from photo_chunk where stream = ${desk.unit}::uuid and photo = ${taken.id}::uuid`.execute(
    office.db,
  )
  expect(rows).toEqual([])
  const left = await office.db
    .selectFrom('record')
    .select(['removed', 'fields'])
    .where('id', '=', taken.id)
    .execute()
  expect(left).toEqual([{ removed: true, fields: {} }])
})

it('keeps what was written where the line to the database broke after it was', async () => {
  const { request, errand } = await handled()
  const taken = photo(errand.id)
  // The server's own round is not to be first.
  await office.server.runCalendar()
  await desk.goodOf(desk.handler, [taken.mutation])
  const row = await findPhoto(office.own, { stream: desk.unit, photo: taken.id })
  if (!row) throw new Error('not pushed')
  const folder = await mkdtemp(join(tmpdir(), 'wuse-unit-photos-'))
  try {
    const store = createFolderStore(folder)
    const clock = { now: office.clock.now(), ids: office.ids }
    for (const [index, { bytes, hash }] of taken.sealed.chunks.entries()) {
      await bringChunk(office.own, row, { index, hash, bytes }, store, clock)
    }
    expect(await stateOfPhoto(office.own, row, store, clock)).toMatchObject({ arrived: true })
    await expect(
      placeUnitPhotos(breaksAfterCommit(office.own), store, clock, () => {}),
    ).rejects.toThrow('ECONNRESET')
    // It stands beside the request, and every chunk that its rows name can be read.
    const [placed] = await photosOf(desk.staff, request)
    const { id } = placed ?? { id: '' }
    const sealed = await readSealed(office.own, { stream: office.places.grid, photo: id }, store)
    const picture = sealed && openPhoto(id, String(placed?.fields?.['key']), sealed)
    expect(picture?.equals(Buffer.from(taken.sealed.picture))).toBe(true)
  } finally {
    await rm(folder, { recursive: true })
  }
})

it('is refused some days after the errand ended, when another unit has it or nobody', async () => {
  const { request, errand } = await handled()
  await desk.does(desk.staff, request, 'recall', { words: '样例' })
  office.clock.at += 4 * 86_400_000
  const handler = await office.enter('lamps')
  const id = office.ids()
  const fields = { ...sealedPhoto(id, desk.now()).fields, errand: errand.id }
  const late = handler.create(desk.unit, 'errand-photo', id, fields)
  expect((await handler.pushed([late])).receipts).toMatchObject([
    { ok: false, problem: 'reference-missing' },
  ])
})
