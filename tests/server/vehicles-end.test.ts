/**
 * The plates of a household end with it, by whatever way it leaves, and are here again where that is taken back.
 * Holds `src/server/ledger/plates.ts`.
 */
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { ImportItem } from '#domain/import.ts'
import { verifyAudit } from '#server/db/audit-verify.ts'
import { loadRecords } from '#server/db/records.ts'
import { samplePolicy } from '#tests/support/sample-policy.ts'
import { openDesk, type Desk } from './acts/desk.ts'
import type { Device, Office } from './office.ts'
import { dwelling, household, resident, settle, type Home } from './sample.ts'

let desk: Desk
let office: Office
let worker: Device
let colleague: Device
let staff: Device
let home: Home
let plate: string

const today = '2026-11-23'

async function setUp(opened: Office): Promise<void> {
  const admin = await opened.enter('admin')
  const { receipts } = await admin.pushed([
    admin.create(opened.places.subdistrict, 'policy', opened.ids(), {
      ...{ ...samplePolicy, policyVersion: 2, knows: 1, gates: true, keepVehiclesDays: 40 },
    }),
  ])
  expect(receipts).toMatchObject([{ ok: true }])
}

beforeAll(async () => {
  desk = await openDesk()
  office = desk.office
  await setUp(office)
})
afterAll(() => office.close())
beforeEach(async () => {
  ;[worker, colleague, staff] = [
    await office.enter('worker'),
    await office.enter('colleague'),
    await office.enter('staff'),
  ]
  home = await settle(staff, worker, office.places.grid, office.ids)
  plate = await registered({ household: home.household })
})

let number = 10_000
/** A plate at the door of the home, as a worker registers it. */
async function registered(more: object = {}, at = home.dwelling): Promise<string> {
  const id = office.ids()
  number += 1
  const fields = { dwelling: at, plate: `浙A${number}`, vehicleKind: 'car', ...more }
  await ok(worker, [worker.create(office.places.grid, 'vehicle', id, fields)])
  return id
}

async function ok(device: Device, mutations: Parameters<Device['pushed']>[0]): Promise<void> {
  const { receipts } = await device.pushed(mutations)
  expect(receipts.filter((receipt) => !receipt.ok)).toEqual([])
}

const held = async (id: string, stream = office.places.grid) =>
  (await loadRecords(office.db, [stream], [id]))[0]
const said = async (id: string) => {
  const { endedOn = null, endedWhy = null } = (await held(id))?.fields ?? {}
  return { endedOn, endedWhy }
}
const here = { endedOn: null, endedWhy: null }
const left = { endedOn: today, endedWhy: 'left' }

/** One more resident of the home. */
async function joined(): Promise<string> {
  const id = office.ids()
  await ok(worker, [worker.create(office.places.grid, 'resident', id, resident(home.household))])
  return id
}

/** A patch of a device that has seen all. */
const patch = (
  device: Device,
  kind: 'household' | 'resident' | 'vehicle',
  record: string,
  fields: Readonly<Record<string, unknown>>,
) =>
  device.mutation({
    ...{ stream: office.places.grid, kind, record, op: 'patch', fields: { ...fields } },
    seen: Number.MAX_SAFE_INTEGER,
  })
const goes = { movedOutOn: today }

it('stay as long as the household has not left: nobody writes down a leaving that lies ahead', async () => {
  const { receipts } = await worker.pushed([
    patch(worker, 'household', home.household, { endedOn: '2026-12-20' }),
  ])
  expect(receipts).toMatchObject([
    {
      ok: false,
      problem: 'invalid-fields',
      fields: [{ field: 'endedOn', problem: 'day-in-future' }],
    },
  ])
  expect(await said(plate)).toEqual(here)
})

it('are at the new door where they were registered there with the move, and end at the old one', async () => {
  const there = office.ids()
  await ok(staff, [
    staff.create(office.places.grid, 'dwelling', there, dwelling(home.building, { room: '402' })),
  ])
  const anew = office.ids()
  const batch = { batch: office.ids(), batchSize: 2 }
  const { plate: number } = (await held(plate))?.fields as { plate: string }
  await ok(worker, [
    { ...patch(worker, 'household', home.household, { dwelling: there }), ...batch },
    {
      ...worker.create(office.places.grid, 'vehicle', anew, {
        ...{ dwelling: there, household: home.household, plate: number, vehicleKind: 'car' },
      }),
      ...batch,
    },
  ])
  expect(await said(plate)).toEqual({ endedOn: today, endedWhy: 'moved' })
  expect(await said(anew)).toEqual(here)
})

it('end where a worker moves the household out, with a line for each, and a gate hears of it', async () => {
  const gate = await office.enter('gate')
  const first = await gate.pull()
  expect(first.records.get(plate)).toBeDefined()
  await ok(worker, [
    patch(worker, 'resident', home.resident, goes),
    patch(worker, 'household', home.household, { endedOn: '2026-11-20' }),
  ])
  expect(await said(plate)).toEqual({ endedOn: '2026-11-20', endedWhy: 'left' })
  expect((await gate.pull(first.cursors)).records.get(plate)).toMatchObject({ removed: true })
  const lines = await office.db
    .selectFrom('change')
    .select(['op', 'account', 'fields'])
    .where('record', '=', plate)
    .where('op', '=', 'patch')
    .execute()
  expect(lines).toEqual([
    {
      ...{ op: 'patch', account: worker.account },
      fields: { endedOn: [null, '2026-11-20'], endedWhy: [null, 'left'] },
    },
  ])
  expect((await verifyAudit(office.own)).fault).toBeNull()
  // A device of before the leaving is brought up to date as with any other patch.
  expect((await staff.pull()).records.get(plate)?.fields).toMatchObject({ endedWhy: 'left' })
})

it.each<readonly [string, (second: string) => Promise<void>]>([
  [
    'two phones each move out the other one of two, and neither ends the household',
    async (second) => {
      await ok(worker, [patch(worker, 'resident', home.resident, goes)])
      expect(await said(plate)).toEqual(here)
      await ok(colleague, [patch(colleague, 'resident', second, goes)])
    },
  ],
  [
    'the last one dies',
    async (second) => {
      await ok(worker, [patch(worker, 'resident', second, { diedOn: today })])
      await ok(worker, [
        patch(worker, 'resident', home.resident, { diedOn: today }),
        patch(worker, 'household', home.household, { endedOn: today }),
      ])
    },
  ],
  [
    'its people turn out to be those of another household, and are merged into them',
    async (second) => {
      const other = await settle(staff, worker, office.places.grid, office.ids)
      for (const one of [home.resident, second]) {
        await ok(staff, [patch(staff, 'resident', one, { mergedInto: other.resident })])
      }
    },
  ],
  [
    'the office ends it in its table',
    async () => ok(staff, [patch(staff, 'household', home.household, { endedOn: today })]),
  ],
])('end where %s', async (_, leave) => {
  await leave(await joined())
  expect(await said(plate)).toEqual(left)
})

it('go over to the household at the same door in which its people live now, however often they were recorded', async () => {
  const { grid } = office.places
  const [second, other] = [await joined(), office.ids()]
  await ok(worker, [
    worker.create(grid, 'household', other, household(home.dwelling)),
    patch(worker, 'resident', home.resident, { household: other }),
    patch(worker, 'resident', second, { household: other }),
  ])
  expect(await said(plate)).toEqual(here)
  expect((await held(plate))?.fields['household']).toBe(other)
  // The same family, recorded once more on another phone, and merged.
  const [twice, person] = [office.ids(), office.ids()]
  await ok(worker, [
    worker.create(grid, 'household', twice, household(home.dwelling)),
    worker.create(grid, 'resident', person, resident(twice)),
  ])
  const another = await registered({ household: twice })
  await ok(staff, [
    patch(staff, 'resident', person, { mergedInto: home.resident }),
    patch(staff, 'household', twice, { endedOn: today }),
  ])
  expect(await said(another)).toEqual(here)
  expect((await held(another))?.fields['household']).toBe(other)
  await ok(worker, [patch(worker, 'household', other, { endedOn: today })])
  expect([await said(plate), await said(another)]).toEqual([left, left])
})

it('end as they come where everybody was merged elsewhere, and keep no plate of the door that others left', async () => {
  const { grid } = office.places
  const own = await registered()
  const far = await settle(staff, worker, grid, office.ids)
  await ok(staff, [patch(staff, 'resident', home.resident, { mergedInto: far.resident })])
  expect([await said(plate), await said(own)]).toEqual([left, left])
  expect(await said(await registered({ household: home.household }))).toEqual(left)
  // The emptied household is nobody: the plates of the door end with the next one there.
  const next = office.ids()
  await ok(worker, [
    worker.create(grid, 'household', next, household(home.dwelling)),
    worker.create(grid, 'resident', office.ids(), resident(next)),
  ])
  const later = await registered()
  await ok(worker, [patch(worker, 'household', next, { endedOn: today })])
  expect(await said(later)).toEqual(left)
  // Taken back, it is as before.
  await ok(worker, [patch(worker, 'household', next, { endedOn: null })])
  expect(await said(later)).toEqual(here)
})

/** Brings in items of a roster, and waits until they stand there. */
async function imported(items: readonly ImportItem[]): Promise<string> {
  const { community, grid } = office.places
  const id = office.ids()
  const head = await office.db
    .selectFrom('stream')
    .select('head')
    .where('id', '=', grid)
    .executeTakeFirstOrThrow()
  await ok(staff, [
    staff.create(community, 'import', id, {
      ...{ title: '样例.xlsx', parts: 1, rows: 1, added: 0, changed: items.length },
      bases: [{ stream: grid, version: head.head }],
    }),
    staff.create(community, 'import-part', office.ids(), { import: id, part: 1, items }),
  ])
  await become(id, 'written')
  return id
}
const become = (id: string, outcome: string) =>
  vi.waitFor(
    async () => expect((await held(id, office.places.community))?.fields['outcome']).toBe(outcome),
    { timeout: 20_000, interval: 50 },
  )

it('end where a roster says that the household has left, and are here again where it is taken back', async () => {
  const make = (kind: ImportItem['kind'], record: string, fields: object): ImportItem => ({
    ...{ stream: office.places.grid, kind, record, op: 'patch', seen: Number.MAX_SAFE_INTEGER },
    fields: { ...fields },
  })
  const id = await imported([
    make('resident', home.resident, goes),
    make('household', home.household, { endedOn: today }),
  ])
  expect(await said(plate)).toEqual(left)
  const undo = staff.mutation({
    ...{ stream: office.places.community, kind: 'import', record: id, op: 'patch' },
    ...{ fields: { undoAsked: new Date(office.clock.now()).toISOString() } },
    seen: Number.MAX_SAFE_INTEGER,
  })
  await ok(staff, [undo])
  await become(id, 'undone')
  expect(await said(plate)).toEqual(here)
})

it('end where the household goes to another door, also of another grid, and are here again where it comes back', async () => {
  const { grid, otherGrid } = office.places
  const other = office.ids()
  await ok(worker, [
    worker.create(grid, 'dwelling', other, dwelling(home.building, { room: '302' })),
  ])
  await ok(worker, [patch(worker, 'household', home.household, { dwelling: other })])
  expect(await said(plate)).toEqual({ endedOn: today, endedWhy: 'moved' })
  await ok(worker, [patch(worker, 'household', home.household, { dwelling: home.dwelling })])
  expect(await said(plate)).toEqual(here)
  const far = await settle(staff, worker, grid, office.ids)
  await ok(staff, [
    staff.mutation({
      ...{ stream: grid, kind: 'building', record: far.building, op: 'patch' },
      ...{ fields: {}, seen: Number.MAX_SAFE_INTEGER, to: otherGrid },
    }),
  ])
  await ok(staff, [
    {
      ...patch(staff, 'household', home.household, { dwelling: far.dwelling }),
      to: otherGrid,
    },
  ])
  expect(await said(plate)).toEqual({ endedOn: today, endedWhy: 'moved' })
})

it('go along with their door and stay', async () => {
  await ok(staff, [
    staff.mutation({
      ...{ stream: office.places.grid, kind: 'building', record: home.building, op: 'patch' },
      ...{ fields: {}, seen: Number.MAX_SAFE_INTEGER, to: office.places.otherGrid },
    }),
  ])
  const moved = await held(plate, office.places.otherGrid)
  expect(moved?.removed).toBe(false)
  expect(moved?.fields['endedOn'] ?? null).toBeNull()
})

it('of the dwelling as such end with the last household there, and one ended by hand stays ended', async () => {
  const second = office.ids()
  const own = await registered()
  const byHand = await registered({ household: home.household })
  await ok(worker, [
    worker.create(office.places.grid, 'household', second, household(home.dwelling)),
    worker.create(office.places.grid, 'resident', office.ids(), resident(second)),
    patch(worker, 'vehicle', byHand, { endedOn: '2026-11-01' }),
  ])
  await ok(worker, [patch(worker, 'household', home.household, { endedOn: today })])
  expect([await said(plate), await said(own)]).toEqual([left, here])
  await ok(worker, [patch(worker, 'household', second, { endedOn: today })])
  expect(await said(own)).toEqual(left)
  await ok(worker, [patch(worker, 'household', second, { endedOn: null })])
  await ok(worker, [patch(worker, 'household', home.household, { endedOn: null })])
  expect([await said(plate), await said(own)]).toEqual([here, here])
  expect(await said(byHand)).toEqual({ endedOn: '2026-11-01', endedWhy: null })
})

it('that a phone brings after the household left end as they come; of a door where nobody lives they stay', async () => {
  await ok(worker, [patch(worker, 'household', home.household, { endedOn: '2026-11-20' })])
  const late = await registered({ household: home.household })
  expect(await said(late)).toEqual({ endedOn: '2026-11-20', endedWhy: 'left' })
  const own = await registered()
  await ok(worker, [patch(worker, 'household', home.household, { note: '样例' })])
  expect(await said(own)).toEqual(here)
})

it('that a device calls ended for the household are refused: that is the server’s word', async () => {
  const { receipts } = await worker.pushed([
    patch(worker, 'vehicle', plate, { endedOn: today, endedWhy: 'left' }),
  ])
  expect(receipts).toMatchObject([{ ok: false, problem: 'kind-not-yours' }])
})
