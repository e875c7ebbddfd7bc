/**
 * The account of a stairwell: an entry counts once a second account agreed, and nothing that counts can be changed unseen.
 * Holds `src/server/ledger/funds.ts`, `src/server/ledger/judged-new.ts`, `src/server/ledger/load-funds.ts` and
 * `src/server/db/verify-funds.ts`.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql } from 'kysely'
import { verifyAudit } from '#server/db/audit-verify.ts'
import { hashOfText } from '#server/db/hashing-text.ts'
import { firstBroken } from '#domain/funds/chain.ts'
import type { Mutation } from '#protocol/mutation.ts'
import { samplePhotoFields } from '#tests/support/sample-photo.ts'
import { on, openFundDesk, type FundDesk } from './fund-desk.ts'
import type { Device } from './office.ts'
import { building } from './sample.ts'

let desk: FundDesk
let office: FundDesk['office']
let staff: Device
let worker: Device
let colleague: Device
let openFund: FundDesk['openFund']
let enter: FundDesk['enter']
let entered: FundDesk['entered']
let check: FundDesk['check']
let said: FundDesk['said']
let ledger: FundDesk['ledger']
beforeAll(async () => {
  desk = await openFundDesk()
  ;({ office, staff, worker, colleague, openFund, enter, entered, check, said, ledger } = desk)
})
afterAll(() => office.close())

it('counts what one account entered and another agreed to, and holds the chain', async () => {
  const fund = await openFund()
  const first = await entered(worker, fund, { entryKind: 'pledged', cents: 20_000 })
  const second = await entered(worker, fund)
  const spent = await entered(worker, fund, {
    ...{ entryKind: 'spent', cents: 3_001, payee: '样例五金店', giver: null },
  })
  expect((await ledger(fund)).sums).toEqual({ pledged: 0, received: 0, spent: 0, returned: 0 })
  for (const entry of [second, spent, first]) await said(staff, check(staff, entry))
  const found = await ledger(fund)
  expect(found.sums).toEqual({ pledged: 20_000, received: 5_000, spent: 3_001, returned: 0 })
  expect(found.left).toBe(1_999)
  expect(found.counted.map(({ entry }) => entry.id)).toEqual([second, spent, first])
  expect(found.hash).toMatch(/^[0-9a-f]{64}$/)
  expect(await firstBroken(fund, found, hashOfText)).toBeNull()
})

it('takes no yes from who entered it, from whichever device, and no sum of the device’s own', async () => {
  const fund = await openFund()
  const entry = await entered(worker, fund)
  const again = await office.enter('worker')
  for (const device of [worker, again]) {
    expect(await said(device, check(device, entry))).toMatchObject({
      ...{ ok: false, problem: 'second-person-needed' },
    })
  }
  // Nor is it taken back by somebody else.
  expect(await said(staff, check(staff, entry, 'withdraw'))).toMatchObject({
    ...{ ok: false, problem: 'kind-not-yours' },
  })
  for (const more of [{ moved: true }, { no: 1 }, { hash: 'a'.repeat(64) }]) {
    const forged = check(staff, entry)
    expect(await said(staff, { ...forged, fields: { ...forged.fields, ...more } })).toMatchObject({
      ...{ ok: false, problem: 'kind-not-yours' },
    })
  }
  const patch = staff.mutation({
    ...{ stream: office.places.grid, kind: 'fund-entry', record: entry, op: 'patch' },
    ...{ fields: { cents: 1 }, seen: Number.MAX_SAFE_INTEGER },
  })
  expect(await said(staff, patch)).toMatchObject({ ok: false, problem: 'append-only' })
  expect((await ledger(fund)).waiting).toHaveLength(1)
})

it('counts an entry once, however many agree at once', async () => {
  const fund = await openFund()
  const entry = await entered(worker, fund)
  const [one, two] = await Promise.all([
    said(staff, check(staff, entry)),
    said(colleague, check(colleague, entry)),
  ])
  expect([one, two]).toMatchObject([{ ok: true }, { ok: true }])
  const found = await ledger(fund)
  expect(found.sums.received).toBe(5_000)
  expect(found.counted).toHaveLength(1)
  const { records } = await staff.pull()
  const words = [...records.values()].filter(
    ({ kind, fields }) => kind === 'fund-check' && (fields as { entry?: string }).entry === entry,
  )
  expect(words.map(({ fields }) => [fields?.['moved'], fields?.['why']])).toEqual(
    expect.arrayContaining([
      [true, undefined],
      [false, 'counted-already'],
    ]),
  )
})

it('takes an entry back by one that reverses it, whole, once, and only what counts', async () => {
  const fund = await openFund()
  const entry = await entered(worker, fund)
  const reverse = (more: object = {}) =>
    entered(worker, fund, { entryKind: 'corrected', giver: null, reverses: entry, ...more })
  const early = await reverse()
  // What it would take back does not count yet: it is agreed to, and changes nothing.
  await said(staff, check(staff, early))
  await said(staff, check(staff, entry))
  expect((await ledger(fund)).sums.received).toBe(5_000)
  expect((await ledger(fund)).waiting.map((line) => line.entry.id)).toEqual([early])
  const again = await reverse()
  await said(staff, check(staff, early))
  await said(staff, check(staff, again))
  const found = await ledger(fund)
  expect(found.sums.received).toBe(0)
  expect(found.counted.map((line) => line.entry.id)).toEqual([entry, early])
  expect(found.waiting.map((line) => line.entry.id)).toEqual([again])
  expect(await firstBroken(fund, found, hashOfText)).toBeNull()
  const wrong = enter(worker, fund, {
    ...{ entryKind: 'corrected', giver: null, reverses: entry, cents: 4_999 },
  })
  expect(await said(worker, wrong)).toMatchObject({
    ...{ ok: false, problem: 'invalid-fields', fields: [{ field: 'cents' }] },
  })
  const nothing = enter(worker, fund, {
    ...{ entryKind: 'corrected', giver: null, reverses: randomUUID() },
  })
  expect(await said(worker, nothing)).toMatchObject({ ok: false, fields: [{ field: 'reverses' }] })
})

it('drops what was withdrawn or objected to, and hears nothing more of it', async () => {
  const fund = await openFund()
  const own = await entered(worker, fund)
  const other = await entered(worker, fund)
  // In one push with the entry itself.
  const quick = enter(worker, fund, { cents: 7 })
  const both = await worker.pushed([quick, check(worker, quick.record, 'withdraw')])
  expect(both.receipts).toMatchObject([{ ok: true }, { ok: true }])
  await said(worker, check(worker, own, 'withdraw'))
  await said(staff, check(staff, other, 'object'))
  for (const entry of [own, other]) {
    expect(await said(colleague, check(colleague, entry))).toMatchObject({ ok: true })
  }
  const found = await ledger(fund)
  expect(found.dropped.map(({ state }) => state).sort()).toEqual([
    'objected',
    'withdrawn',
    'withdrawn',
  ])
  expect(found.sums.received).toBe(0)
})

it('counts nothing in a closed fund until the office opens it again', async () => {
  const fund = await openFund()
  const entry = await entered(worker, fund)
  const patch = (fields: Mutation['fields'], device = staff) =>
    device.mutation({
      ...{ stream: office.places.grid, kind: 'fund', record: fund, op: 'patch', fields },
      seen: Number.MAX_SAFE_INTEGER,
    })
  expect(await said(worker, patch({ closedOn: on }, worker))).toMatchObject({
    ...{ ok: false, problem: 'kind-not-yours' },
  })
  await said(staff, patch({ closedOn: on }))
  // What was entered offline before is not lost.
  const late = await entered(worker, fund, { cents: 9 })
  await said(staff, check(staff, entry))
  expect((await ledger(fund)).sums.received).toBe(0)
  await said(staff, patch({ closedOn: null }))
  await said(staff, check(staff, entry))
  await said(staff, check(staff, late))
  expect((await ledger(fund)).sums.received).toBe(5_009)
})

it('goes along with its building to another grid, and is agreed to there', async () => {
  const { grid, otherGrid } = office.places
  const house = office.ids()
  await staff.pushed([staff.create(grid, 'building', house, building())])
  const fund = await openFund({ building: house })
  const first = await entered(worker, fund)
  await said(staff, check(staff, first))
  const second = await entered(worker, fund, { cents: 100 })
  const moved = await said(
    staff,
    staff.mutation({
      ...{ stream: grid, kind: 'building', record: house, op: 'patch', fields: {} },
      ...{ to: otherGrid, seen: Number.MAX_SAFE_INTEGER },
    }),
  )
  expect(moved).toMatchObject({ ok: true })
  // The office had seen it in the old grid.
  expect(await said(staff, check(staff, second))).toMatchObject({ ok: true })
  const found = await ledger(fund)
  expect(found.sums.received).toBe(5_100)
  expect(await firstBroken(fund, found, hashOfText)).toBeNull()
  const { records } = await staff.pull()
  expect(records.get(fund)?.stream).toBe(otherGrid)
  expect(records.get(second)?.stream).toBe(otherGrid)
})

it('keeps what an account entered that was closed since', async () => {
  const fund = await openFund()
  const gone = await office.enter('colleague')
  const entry = await entered(gone, fund)
  await sql`update account set closed_at = now() where id = ${office.accounts['colleague']?.id}`.execute(
    office.db,
  )
  expect(await said(staff, check(staff, entry))).toMatchObject({ ok: true })
  expect((await ledger(fund)).sums.received).toBe(5_000)
  await sql`update account set closed_at = null where id = ${office.accounts['colleague']?.id}`.execute(
    office.db,
  )
})

it('shows an entry that somebody changed in the database', async () => {
  const fund = await openFund()
  const entries = [await entered(worker, fund), await entered(worker, fund, { cents: 100 })]
  for (const entry of entries) await said(staff, check(staff, entry))
  await sql`update record set fields = jsonb_set(fields, '{cents}', '4999')
    where id = ${entries[0]}`.execute(office.db)
  expect(await firstBroken(fund, await ledger(fund), hashOfText)).toBe(1)
  expect((await verifyAudit(office.db)).faults).toContainEqual({
    ...{ chain: office.places.grid, seq: 1, change: fund },
    why: 'the account of a fund was changed',
  })
})

it('keeps the voucher by which somebody agreed', async () => {
  const { grid } = office.places
  const fund = await openFund()
  const photo = office.ids()
  const fields = samplePhotoFields(new Date(office.clock.now()).toISOString())
  const spent = { entryKind: 'spent', payee: '样例店', vouchers: [fields.sha256] }
  const made = enter(worker, fund, { ...spent, giver: undefined })
  const { receipts } = await worker.pushed([
    made,
    worker.create(grid, 'photo', photo, { ...fields, host: made.record }),
  ])
  expect(receipts).toMatchObject([{ ok: true }, { ok: true }])
  await said(staff, check(staff, made.record))
  const away = { stream: grid, kind: 'photo', record: photo, op: 'remove' } as const
  for (const device of [worker, staff]) {
    const gone = device.mutation({ ...away, seen: Number.MAX_SAFE_INTEGER })
    expect(await said(device, gone)).toMatchObject({ ok: false, problem: 'not-allowed' })
  }
})
