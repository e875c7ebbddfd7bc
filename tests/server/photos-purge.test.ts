/** The purge empties a photograph's chunks and its key in the same pass as the visit that it is of. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { defaultPolicy } from '#domain/policy-in-force.ts'
import { putChunkPath } from '#protocol/photos.ts'
import { verifyAudit } from '#server/db/audit-verify.ts'
import { noticeDays } from '#server/ledger/purge-list.ts'
import { purgeDue } from '#server/ledger/purge-pass.ts'
import { sealedPhoto } from '#tests/support/sample-photo.ts'
import { dayMs, openOffice, problemOf, type Device, type Office } from './office.ts'
import { settle, visit } from './sample.ts'

let office: Office
let worker: Device
let household: string

beforeAll(async () => {
  office = await openOffice()
  worker = await office.enter('worker')
  const staff = await office.enter('staff')
  ;({ household } = await settle(staff, worker, office.places.grid, office.ids))
})
afterAll(() => office.close())

it('leaves neither bytes nor key, on the server and on devices, once the visit’s time is over', async () => {
  const { grid } = office.places
  const [id, of] = [office.ids(), office.ids()]
  const at = new Date(office.clock.now()).toISOString()
  const { fields, chunks } = sealedPhoto(id, at)
  await worker.pushed([
    worker.create(grid, 'visit', of, visit(household, at)),
    worker.create(grid, 'photo', id, { ...fields, host: of }),
  ])
  const put = (index: number) =>
    office.fetch(putChunkPath(grid, id, index, chunks[index]?.hash ?? ''), {
      method: 'PUT',
      headers: { ...worker.headers, 'content-type': 'application/octet-stream' },
      body: new Uint8Array(chunks[index]?.bytes ?? []),
    })
  for (const index of chunks.keys()) expect((await put(index)).status).toBe(200)
  // The latest visit of a household stays.
  office.clock.at += 5 * dayMs
  const later = new Date(office.clock.now()).toISOString()
  await worker.pushed([worker.create(grid, 'visit', office.ids(), visit(household, later))])
  const days = defaultPolicy.keepVisitsDays + noticeDays + 3
  for (let day = 0; day <= days; day += day > days - noticeDays - 6 ? 1 : 5) {
    const round = await purgeDue(office.own, {
      now: office.clock.now() + day * dayMs,
      ids: office.ids,
    })
    expect(round.faults).toEqual([])
  }
  const { records } = await worker.pull()
  expect(records.get(of)).toBeUndefined()
  expect(records.get(id)).toBeUndefined()
  const left = await sql`select 1 from photo_chunk where photo = ${id}::uuid`.execute(office.db)
  expect(left.rows).toEqual([])
  const { rows } = await sql<{ text: string }>`
    select fields::text as text from record union all select fields::text from change
    union all select facts::text from audit`.execute(office.db)
  const everything = rows.map(({ text }) => text).join('\n')
  expect(everything).not.toContain(fields.key)
  expect(everything).not.toContain(fields.thumbnail.slice(0, 60))
  expect(await problemOf(await put(0))).toBe('not-found')
  expect((await verifyAudit(office.own)).fault).toBeNull()
})
