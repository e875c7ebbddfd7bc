/**
 * A unit gets the photographs of its errand and no others: copies under keys of their own, and each look is on record.
 * Holds `src/server/ledger/share-photos.ts`.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { putChunkPath } from '#protocol/photos.ts'
import { openPhoto } from '#server/db/photo-sealing.ts'
import { sealedPhoto, type SealedPhoto } from '#tests/support/sample-photo.ts'
import { problemOf, type Device, type Office } from './office.ts'
import { openDesk, type Desk } from './request-desk.ts'

let desk: Desk
let office: Office

beforeAll(async () => {
  desk = await openDesk()
  ;({ office } = desk)
})
afterAll(() => office.close())

/** A photograph of a request, whole at the server. */
async function photographed(request: string): Promise<{ id: string; sealed: SealedPhoto }> {
  const id = office.ids()
  const sealed = sealedPhoto(id, desk.now())
  await desk.goodOf(desk.worker, [
    desk.worker.create(office.places.grid, 'photo', id, { ...sealed.fields, host: request }),
  ])
  for (const [index, { bytes, hash }] of sealed.chunks.entries()) {
    const response = await office.fetch(putChunkPath(office.places.grid, id, index, hash), {
      method: 'PUT',
      headers: { ...desk.worker.headers, 'content-type': 'application/octet-stream' },
      body: new Uint8Array(bytes),
    })
    expect(response.status).toBe(200)
    await response.body?.cancel()
  }
  return { id, sealed }
}
const copiesOf = async (device: Device) =>
  [...(await device.pull()).records.values()].filter(
    ({ kind, removed }) => kind === 'errand-photo' && !removed,
  )
const get = (device: Device, stream: string, photo: string, index: number) =>
  office.fetch(`/api/photos/${stream}/${photo}/${index}`, { headers: device.headers })
const seen = async (photo: string) => {
  const { rows } = await sql<{ account: string; facts: object }>`
    select account, facts from audit where act = 'photo-seen' and record = ${photo}::uuid`.execute(
    office.db,
  )
  return rows
}

it('has them once they have arrived, before or after the dispatch, and each view is on record', async () => {
  const request = desk.taken()
  await desk.goodOf(desk.worker, request.mutations)
  const before = await photographed(request.id)
  await desk.does(desk.staff, request.id, 'accept')
  await desk.does(desk.staff, request.id, 'dispatch', { unit: desk.unit })
  await office.server.runCalendar()
  const [copy, ...others] = await copiesOf(desk.handler)
  expect(others).toEqual([])
  const errand = await desk.errandOf(desk.handler, request.id)
  expect(copy?.fields).toMatchObject({ errand: errand?.id, sha256: before.sealed.fields.sha256 })
  expect(copy?.fields?.['key']).not.toBe(before.sealed.fields.key)
  expect(await copiesOf(desk.otherHandler)).toEqual([])
  // The picture opens with the copy's key; the grid's own is nothing to a unit.
  const chunks = await Promise.all(
    before.sealed.chunks.map(async (_, index) => {
      const response = await get(desk.handler, desk.unit, copy?.id ?? '', index)
      expect(response.status).toBe(200)
      return Buffer.from(((await response.json()) as { chunk: string }).chunk, 'base64')
    }),
  )
  const picture = openPhoto(copy?.id ?? '', String(copy?.fields?.['key']), chunks)
  expect(picture?.equals(Buffer.from(before.sealed.picture))).toBe(true)
  expect(await problemOf(await get(desk.handler, office.places.grid, before.id, 0))).toBe(
    'not-found',
  )
  expect(await problemOf(await get(desk.otherHandler, desk.unit, copy?.id ?? '', 0))).toBe(
    'not-found',
  )
  expect(await seen(copy?.id ?? '')).toMatchObject([{ account: desk.handler.account }])
  // One that comes later reaches the unit as well, and none comes twice.
  await photographed(request.id)
  await office.server.runCalendar()
  await office.server.runCalendar()
  expect(await copiesOf(desk.handler)).toHaveLength(2)
})

it('loses what was taken away', async () => {
  const request = desk.taken(undefined, { number: 'JJQ-261123-07-02' })
  await desk.goodOf(desk.worker, request.mutations)
  await desk.does(desk.staff, request.id, 'accept')
  await desk.does(desk.staff, request.id, 'dispatch', { unit: desk.otherUnit })
  const { id } = await photographed(request.id)
  await office.server.runCalendar()
  const [copy] = await copiesOf(desk.otherHandler)
  expect(copy?.fields).toMatchObject({ photo: id })
  await desk.goodOf(desk.worker, [
    desk.worker.mutation({
      ...{ stream: office.places.grid, kind: 'photo', record: id, op: 'remove', seen: 100_000 },
    }),
  ])
  await office.server.runCalendar()
  expect(await copiesOf(desk.otherHandler)).toEqual([])
  const { rows } = await sql`
    select 1 from photo_chunk where photo = any(${sql.val([id, copy?.id ?? ''])}::uuid[])`.execute(
    office.db,
  )
  expect(rows).toEqual([])
})
