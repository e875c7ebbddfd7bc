/** An id is made once among all streams: by its mark where it has one, by looking everywhere where it has none. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { idBornIn, markOfStream } from '#domain/born-ids.ts'
import { purgeTombstones, tombstoneDays } from '#server/db/tombstones.ts'
import { loadRecords } from '#server/db/records.ts'
import { openDesk, type Desk } from './acts/desk.ts'
import { dayMs, type Device, type Office } from './office.ts'
import { household, resident, settle, type Home } from './sample.ts'

let desk: Desk
let office: Office
let staff: Device
let admin: Device
let worker: Device
let stranger: Device
let home: Home
let far: Home

beforeAll(async () => {
  desk = await openDesk()
  office = desk.office
})
afterAll(() => office.close())
beforeEach(async () => {
  office.clock.at += dayMs
  staff = await office.enter('staff')
  admin = await office.enter('admin')
  worker = await office.enter('worker')
  stranger = await office.enter('stranger')
  home = await settle(staff, worker, office.places.grid, office.ids)
  far = await settle(admin, stranger, office.places.farGrid, office.ids)
})

const told = async (device: Device, ...mutations: readonly unknown[]) =>
  (await device.pushed(mutations)).receipts.map((receipt) => (receipt.ok ? null : receipt.problem))
const born = (stream: string) => idBornIn(stream, office.ids())
const person = (device: Device, stream: string, id: string, inHome: Home) =>
  device.create(stream, 'resident', id, resident(inHome.household, { name: '样例同号' }))
const held = async (stream: string, id: string) => (await loadRecords(office.db, [stream], [id]))[0]

describe('a record is made', () => {
  it('with an id of its own stream, and with none of another one', async () => {
    const { grid, farGrid } = office.places
    const id = born(grid)
    expect(await told(worker, person(worker, grid, id, home))).toEqual([null])
    expect(await told(stranger, person(stranger, farGrid, id, far))).toEqual(['not-allowed'])
    expect(await told(stranger, person(stranger, farGrid, born(grid), far))).toEqual([
      'not-allowed',
    ])
    expect(await told(worker, person(worker, grid, id, home))).toEqual(['record-exists'])
    // In one push as well, and by a device that names its birth stream and stands it elsewhere.
    expect(await held(farGrid, id)).toBeUndefined()
  })

  it('with an id of the form of before where no stream has it, of whatever kind', async () => {
    const { farGrid, grid, community } = office.places
    const account = office.accounts['worker']?.id ?? ''
    for (const id of [home.resident, home.household, home.building, account, grid, community]) {
      expect([id, await told(stranger, person(stranger, farGrid, id, far))]).toEqual([
        id,
        ['record-exists'],
      ])
      expect(await held(farGrid, id)).toBeUndefined()
    }
    const twice = office.ids()
    const both = [person(admin, grid, twice, home), person(admin, farGrid, twice, far)]
    expect(await told(admin, ...both)).toEqual([null, 'record-exists'])
    const again = office.ids()
    const batch = office.ids()
    const together = [person(admin, grid, again, home), person(admin, farGrid, again, far)]
    expect(await told(admin, ...together.map((one) => ({ ...one, batch, batchSize: 2 })))).toEqual([
      'batch-refused',
      'record-exists',
    ])
    expect(await told(admin, person(admin, farGrid, again, far))).toEqual([null])
  })

  it('once, also where its household has gone on to another grid', async () => {
    const { grid, otherGrid } = office.places
    const victim = born(grid)
    expect(await told(worker, person(worker, grid, victim, home))).toEqual([null])
    const there = await settle(staff, staff, otherGrid, office.ids)
    const second = { ...home, household: office.ids() }
    expect(
      await told(
        worker,
        worker.create(grid, 'household', second.household, household(home.dwelling)),
      ),
    ).toEqual([null])
    const moving = staff.mutation({
      ...{ stream: grid, kind: 'household', record: second.household, op: 'patch' },
      ...{ fields: { dwelling: there.dwelling }, to: otherGrid, seen: 99 },
    })
    expect(await told(staff, moving)).toEqual([null])
    // Its new resident follows it; the id of somebody who stayed does not.
    const late = born(grid)
    expect(await told(worker, person(worker, grid, late, second))).toEqual(['record-elsewhere'])
    expect(await told(staff, person(staff, grid, late, second))).toEqual([null])
    expect(await held(otherGrid, late)).toMatchObject({ removed: false })
    expect(await told(staff, person(staff, grid, victim, second))).toEqual(['record-exists'])
    expect(await held(otherGrid, victim)).toBeUndefined()
    expect(await told(worker, person(worker, grid, late, home))).not.toEqual([null])
  })

  it('never with the id of one that is gone, though its tombstone is gone as well', async () => {
    const { grid, farGrid } = office.places
    const [old, fresh] = [office.ids(), born(grid)]
    for (const id of [old, fresh]) {
      expect(await told(worker, person(worker, grid, id, home))).toEqual([null])
      const remove = worker.mutation({ stream: grid, kind: 'resident', record: id, op: 'remove' })
      expect(await told(worker, remove)).toEqual([null])
    }
    office.clock.at += (tombstoneDays + 1) * dayMs
    expect(await purgeTombstones(office.db, office.clock.now())).toBeGreaterThanOrEqual(2)
    expect(await held(grid, fresh)).toBeUndefined()
    const again = await office.enter('worker')
    for (const id of [old, fresh]) {
      expect(await told(again, person(again, grid, id, home))).toEqual(['record-gone'])
    }
    const elsewhere = await office.enter('stranger')
    expect(await told(elsewhere, person(elsewhere, farGrid, old, far))).toEqual(['record-gone'])
  })
})

it('what the server makes by itself is born in its stream', async () => {
  const { grid } = office.places
  const colleague = await office.enter('colleague')
  const seen = (await held(grid, home.resident))?.version ?? 0
  for (const [device, name] of [
    [worker, '样例乙'],
    [colleague, '样例丙'],
  ] as const) {
    const at = { stream: grid, kind: 'resident' as const, record: home.resident, seen }
    await device.pushed([device.mutation({ ...at, op: 'patch', fields: { name } })])
  }
  const { records } = await worker.pull()
  const made = [...records.values()].filter(
    ({ kind, stream }) => ['clash', 'colour'].includes(kind) && stream === grid,
  )
  expect(made.length).toBeGreaterThan(0)
  for (const { id } of made) expect(id.slice(-8)).toBe(markOfStream(grid))
})

it('no place and no account takes the id of a record, and no place the mark of another', async () => {
  const { community, grid, subdistrict } = office.places
  const place = (id: string) =>
    desk.act(admin, 'places/add', {
      place: id,
      parent: community,
      placeKind: 'grid',
      name: '新网格',
    })
  expect(await place(home.resident)).toBe('record-exists')
  const account = { account: home.resident, login: 'taken', name: 'x', role: 'worker' }
  expect(await desk.act(staff, 'people/make', { ...account, places: [grid] })).toBe('record-exists')
  expect(await held(grid, home.resident)).toMatchObject({ fields: { name: '样例甲' } })
  // By trying, somebody finds two places with one mark: the second is not added.
  const seen = new Map<string, string>()
  let pair: readonly [string, string] | null = null
  for (let count = 0; pair === null; count += 1) {
    const id = `0191${count.toString(16).padStart(4, '0').slice(-4)}-${(count >>> 16).toString(16).padStart(4, '0')}-7000-8000-0000000000aa`
    const mark = markOfStream(id)
    const before = seen.get(mark)
    if (before !== undefined) pair = [before, id]
    seen.set(mark, id)
  }
  expect([await place(pair[0]), await place(pair[1])]).toEqual([null, 'record-exists'])
  expect(subdistrict).toBeTruthy()
})
