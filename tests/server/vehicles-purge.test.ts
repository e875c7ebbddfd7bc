/** Plates are purged after the policy's days, from the day on which they ended or expired, or with their household. */
import { expect, it } from 'vitest'
import { loadRecords } from '#server/db/records.ts'
import { purgeDue } from '#server/ledger/purge-pass.ts'
import { samplePolicy } from '#tests/support/sample-policy.ts'
import { dayMs, openOffice, type Device, type Office } from './office.ts'
import { dwelling, settle } from './sample.ts'

const today = '2026-11-23'

async function ok(device: Device, mutations: Parameters<Device['pushed']>[0]): Promise<void> {
  const { receipts } = await device.pushed(mutations)
  expect(receipts.filter((receipt) => !receipt.ok)).toEqual([])
}

/** With gates, and plates kept for so many days. */
async function setUp(own: Office, keepVehiclesDays: number, keepGoneDays: number): Promise<void> {
  const admin = await own.enter('admin')
  await ok(admin, [
    admin.create(own.places.subdistrict, 'policy', own.ids(), {
      ...{ ...samplePolicy, policyVersion: 2, knows: 1, gates: true },
      ...{ keepVehiclesDays, keepGoneDays },
    }),
  ])
}

it('are purged after the policy’s days, with their values in the log, thirty days on the list before', async () => {
  const own = await openOffice()
  try {
    await setUp(own, 40, samplePolicy.keepGoneDays)
    const device = await own.enter('worker')
    const { grid } = own.places
    const at = await settle(await own.enter('staff'), device, grid, own.ids)
    const add = async (plate: string, more: object = {}) => {
      const id = own.ids()
      const fields = { dwelling: at.dwelling, vehicleKind: 'car', household: at.household, ...more }
      await ok(device, [
        device.create(grid, 'vehicle', id, { ...fields, plate: '浙A30000' }),
        device.mutation({
          ...{ stream: grid, kind: 'vehicle', record: id, op: 'patch', fields: { plate } },
          seen: Number.MAX_SAFE_INTEGER,
        }),
      ])
      return id
    }
    const ended = await add('浙A30001')
    const over = await add('浙A30002', { until: '2026-11-25' })
    const stays = await add('浙A30003', { until: '2029-01-01' })
    await ok(device, [
      device.mutation({
        ...{ stream: grid, kind: 'vehicle', record: ended, op: 'patch' },
        ...{ fields: { endedOn: today }, seen: Number.MAX_SAFE_INTEGER },
      }),
    ])
    const alive = async () =>
      (await loadRecords(own.db, [grid], [ended, over, stays]))
        .filter(({ removed }) => !removed)
        .map(({ id }) => id)
        .sort()
    const pass = async (days: number) => {
      for (let day = 0; day < days; day += 1) {
        own.clock.at += dayMs
        expect((await purgeDue(own.db, { now: own.clock.now(), ids: own.ids })).faults).toEqual([])
      }
    }
    await pass(39)
    expect(await alive()).toEqual([ended, over, stays].sort())
    const listed = await own.fetch('/api/purge', { headers: (await own.enter('staff')).headers })
    expect(await listed.json()).toMatchObject({
      others: [{ stream: grid, rule: 'vehicle', count: 2, due: '2027-01-02' }],
    })
    await pass(3)
    expect(await alive()).toEqual([over, stays].sort())
    await pass(3)
    expect(await alive()).toEqual([stays])
    const log = JSON.stringify(await own.db.selectFrom('change').select('fields').execute())
    expect(log).not.toContain('浙A30001')
    expect(log).not.toContain('浙A30002')
    expect(log).toContain('浙A30003')
    const acts = await own.db
      .selectFrom('audit')
      .select('facts')
      .where('act', '=', 'purge')
      .execute()
    expect(JSON.stringify(acts)).toContain('vehicle')
  } finally {
    await own.close()
  }
}, 120_000)

it('go with their household where that goes first', async () => {
  const own = await openOffice()
  try {
    await setUp(own, 3_650, 30)
    const device = await own.enter('worker')
    const { grid } = own.places
    const at = await settle(await own.enter('staff'), device, grid, own.ids)
    const [id, other] = [own.ids(), own.ids()]
    await ok(device, [
      device.create(grid, 'vehicle', id, {
        ...{ dwelling: at.dwelling, household: at.household, plate: '浙A30009' },
        vehicleKind: 'car',
      }),
      // It goes to another door, where the plate of the first one is not.
      device.create(grid, 'dwelling', other, dwelling(at.building, { room: '302' })),
      device.mutation({
        ...{ stream: grid, kind: 'household', record: at.household, op: 'patch' },
        ...{ fields: { dwelling: other }, seen: Number.MAX_SAFE_INTEGER },
      }),
      device.mutation({
        ...{ stream: grid, kind: 'resident', record: at.resident, op: 'patch' },
        ...{ fields: { movedOutOn: today }, seen: Number.MAX_SAFE_INTEGER },
      }),
      device.mutation({
        ...{ stream: grid, kind: 'household', record: at.household, op: 'patch' },
        ...{ fields: { endedOn: today }, seen: Number.MAX_SAFE_INTEGER },
      }),
    ])
    for (let day = 0; day < 34; day += 1) {
      own.clock.at += dayMs
      await purgeDue(own.db, { now: own.clock.now(), ids: own.ids })
    }
    const [gone] = await loadRecords(own.db, [grid], [id])
    expect(gone?.removed).toBe(true)
    const log = JSON.stringify(await own.db.selectFrom('change').select('fields').execute())
    expect(log).not.toContain('浙A30009')
  } finally {
    await own.close()
  }
}, 120_000)

it('are purged where the office turned gates off, the policy’s days after that', async () => {
  const own = await openOffice()
  try {
    await setUp(own, 40, samplePolicy.keepGoneDays)
    const device = await own.enter('worker')
    const { grid, subdistrict } = own.places
    const at = await settle(await own.enter('staff'), device, grid, own.ids)
    const id = own.ids()
    await ok(device, [
      device.create(grid, 'vehicle', id, {
        ...{ dwelling: at.dwelling, household: at.household, plate: '浙A30020' },
        vehicleKind: 'car',
      }),
    ])
    const isThere = async () => !(await loadRecords(own.db, [grid], [id]))[0]?.removed
    const pass = async (days: number) => {
      for (let day = 0; day < days; day += 1) {
        own.clock.at += dayMs
        expect((await purgeDue(own.db, { now: own.clock.now(), ids: own.ids })).faults).toEqual([])
      }
    }
    await pass(5)
    const admin = await own.enter('admin')
    await ok(admin, [
      admin.create(subdistrict, 'policy', own.ids(), {
        ...{ ...samplePolicy, policyVersion: 3, knows: 1, gates: false, keepVehiclesDays: 40 },
        from: '2026-11-28',
      }),
    ])
    await pass(39)
    expect(await isThere()).toBe(true)
    await pass(3)
    expect(await isThere()).toBe(false)
  } finally {
    await own.close()
  }
}, 120_000)
