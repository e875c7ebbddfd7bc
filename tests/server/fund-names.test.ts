/**
 * Who is named in the account of a stairwell, where, and until when; and whose devices have its pictures. Holds
 * `src/server/ledger/names-taken-back.ts`.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql } from 'kysely'
import { verifyAudit } from '#server/db/audit-verify.ts'
import { hashOfText } from '#server/db/hashing-text.ts'
import { firstBroken } from '#domain/funds/chain.ts'
import { putChunkPath } from '#protocol/photos.ts'
import { sealedPhoto } from '#tests/support/sample-photo.ts'
import { openFundDesk, type FundDesk } from './fund-desk.ts'
import type { Device } from './office.ts'
import { building } from './sample.ts'

let desk: FundDesk
let office: FundDesk['office']
let staff: Device
let worker: Device
let openFund: FundDesk['openFund']
let enter: FundDesk['enter']
let entered: FundDesk['entered']
let check: FundDesk['check']
let said: FundDesk['said']
let ledger: FundDesk['ledger']
beforeAll(async () => {
  desk = await openFundDesk()
  ;({ office, staff, worker, openFund, enter, entered, check, said, ledger } = desk)
})
afterAll(() => office.close())

it('names nobody any more who does not want it, and nobody by one account alone', async () => {
  const house = office.ids()
  await staff.pushed([staff.create(office.places.grid, 'building', house, building())])
  const fund = await openFund({ building: house })
  const entry = await entered(worker, fund)
  const giver = worker.create(office.places.grid, 'fund-giver', office.ids(), {
    ...{ entry, name: '样例甲' },
  })
  expect(await said(worker, giver)).toMatchObject({ ok: true })
  await said(staff, check(staff, entry))
  const before = (await ledger(fund)).hash
  const { records } = await staff.pull()
  const held = records.get(giver.record)
  if (!held) throw new Error('no giver')
  for (const more of [
    { name: '样例乙' },
    { entry: office.ids() },
    { name: null, resident: null },
  ]) {
    expect(await said(worker, worker.patch(held, more))).toMatchObject({
      ...{ ok: false, problem: 'append-only' },
    })
  }
  expect(await said(staff, staff.patch(held, { name: null }))).toMatchObject({ ok: true })
  const after = await ledger(fund)
  expect(after.hash).toBe(before)
  expect(await firstBroken(fund, after, hashOfText)).toBeNull()
})

it('has a name that was taken back nowhere any more, also where the account stood before', async () => {
  const { grid, otherGrid } = office.places
  const house = office.ids()
  await staff.pushed([staff.create(grid, 'building', house, building())])
  const fund = await openFund({ building: house })
  const patched = await entered(worker, fund)
  const removed = await entered(worker, fund)
  const [one, two] = [patched, removed].map((entry, at) =>
    worker.create(grid, 'fund-giver', office.ids(), { entry, name: `样例不愿署名${at}` }),
  )
  if (!one || !two) throw new Error('no givers')
  expect((await worker.pushed([one, two])).receipts).toMatchObject([{ ok: true }, { ok: true }])
  const move = staff.mutation({
    ...{ stream: grid, kind: 'building', record: house, op: 'patch', fields: {} },
    ...{ to: otherGrid, seen: Number.MAX_SAFE_INTEGER },
  })
  expect(await said(staff, move)).toMatchObject({ ok: true })
  const left = async () => {
    const { rows } = await sql<{ text: string }>`
      select fields::text as text from record union all select fields::text from change`.execute(
      office.db,
    )
    return rows.flatMap(({ text }) => /样例不愿署名\d/.exec(text) ?? []).sort()
  }
  expect(await left()).toEqual(['样例不愿署名0', '样例不愿署名1'])
  const { records } = await staff.pull()
  const held = records.get(one.record)
  const away = records.get(two.record)
  if (!held || !away) throw new Error('no givers')
  expect(await said(staff, staff.patch(held, { name: null }))).toMatchObject({ ok: true })
  expect(await left()).toEqual(['样例不愿署名1'])
  const { stream, id: record } = away
  const remove = staff.mutation({
    ...{ stream, record, kind: 'fund-giver', op: 'remove', seen: Number.MAX_SAFE_INTEGER },
  })
  expect(await said(staff, remove)).toMatchObject({ ok: true })
  expect(await left()).toEqual([])
  const { faults } = await verifyAudit(office.db)
  expect(faults.filter(({ why }) => !why.startsWith('the account'))).toEqual([])
})

it('sends pictures of vouchers, and who gave, to nobody whose places lie below', async () => {
  const { community } = office.places
  const fund = await openFund({}, community)
  const photo = office.ids()
  const { fields, chunks } = sealedPhoto(photo, new Date(office.clock.now()).toISOString())
  const spent = { entryKind: 'spent', payee: '样例店', vouchers: [fields.sha256] }
  const made = enter(staff, fund, { ...spent, giver: undefined }, community)
  const { receipts } = await staff.pushed([
    made,
    staff.create(community, 'photo', photo, { ...fields, host: made.record }),
  ])
  expect(receipts).toMatchObject([{ ok: true }, { ok: true }])
  // As an older version let it stand there.
  const giver = office.ids()
  await sql`insert into record select (jsonb_populate_record(record, jsonb_build_object(
      'id', ${giver}::uuid, 'kind', 'fund-giver', 'version', 1000000,
      'fields', jsonb_build_object('entry', ${made.record}::text, 'name', '样例甲')))).*
    from record where stream = ${community} and id = ${made.record}`.execute(office.db)
  await sql`update stream set head = 1000000 where id = ${community}`.execute(office.db)
  const below = await worker.pull()
  expect(below.records.get(made.record)?.fields).toMatchObject({ payee: '样例店' })
  expect([below.records.has(photo), below.records.has(giver)]).toEqual([false, false])
  const office2 = await staff.pull()
  expect([office2.records.has(photo), office2.records.has(giver)]).toEqual([true, true])
  for (const [index, { bytes, hash }] of chunks.entries()) {
    const path = putChunkPath(community, photo, index, hash)
    const headers = { ...staff.headers, 'content-type': 'application/octet-stream' }
    await office.fetch(path, { method: 'PUT', headers, body: new Uint8Array(bytes) })
  }
  const chunk = async ({ headers }: Device) =>
    (await office.fetch(`/api/photos/${community}/${photo}/0`, { headers })).status
  expect([await chunk(worker), await chunk(staff)]).toEqual([404, 200])
})

it('names neither door nor person in a fund that is of no building: devices of other grids have it', async () => {
  const fund = await openFund()
  const door = enter(worker, fund, { door: office.ids() })
  expect(await said(worker, door)).toMatchObject({ ok: false, fields: [{ field: 'door' }] })
  const entry = await entered(worker, fund)
  const giver = worker.create(office.places.grid, 'fund-giver', office.ids(), {
    ...{ entry, name: '样例甲' },
  })
  expect(await said(worker, giver)).toMatchObject({ ok: false, problem: 'not-allowed' })
})

it('stays with its building: nobody lifts it to where more devices read its doors', async () => {
  const house = office.ids()
  await staff.pushed([staff.create(office.places.grid, 'building', house, building())])
  const fund = await openFund({ building: house })
  const { records } = await staff.pull()
  const held = records.get(fund)
  if (!held) throw new Error('no fund')
  const lifted = { ...staff.patch(held, {}), to: office.places.community }
  expect(await said(staff, lifted)).toMatchObject({ ok: false, problem: 'kind-not-yours' })
})
