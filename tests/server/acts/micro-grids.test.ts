/** Micro-grids: parts of a grid that take buildings, seen by the grid's worker, never counted as grids of their own. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { countGrids, gridsBelow } from '#server/db/streams.ts'
import type { Device } from '../office.ts'
import { building, settle } from '../sample.ts'
import { openDesk, type Desk } from './desk.ts'

let desk: Desk
let admin: Device
let staff: Device
beforeAll(async () => {
  desk = await openDesk()
  admin = await desk.office.enter('admin')
  staff = await desk.office.enter('staff')
})
afterAll(() => desk.office.close())

async function addMicro(by: Device, parent: string, name = '微网格一') {
  const place = desk.office.ids()
  const problem = await desk.act(by, 'places/add', {
    ...{ place, parent, placeKind: 'micro-grid', name },
  })
  return { place, problem }
}

it('stands under a grid and nowhere else', async () => {
  const { grid, community, subdistrict, farGrid } = desk.office.places
  const made = await addMicro(staff, grid)
  expect(made.problem).toBe(null)
  expect((await addMicro(admin, community)).problem).toBe('not-allowed')
  expect((await addMicro(admin, subdistrict)).problem).toBe('not-allowed')
  expect((await addMicro(admin, made.place)).problem).toBe('not-allowed')
  expect((await addMicro(staff, farGrid)).problem).toBe('not-found')
})

it('has buildings and people of its own, which the worker of the grid sees and writes', async () => {
  const { grid } = desk.office.places
  const { place } = await addMicro(staff, grid, '微网格二')
  const worker = await desk.office.enter('worker')
  const home = await settle(admin, worker, place, desk.office.ids)
  expect((await worker.pull()).records.get(home.resident)).toMatchObject({ stream: place })
  const far = await desk.office.enter('stranger')
  expect((await far.pull()).records.get(home.resident)).toBeUndefined()
  // The grid itself goes on taking buildings and workers.
  const block = admin.create(grid, 'building', desk.office.ids(), building())
  expect((await admin.pushed([block])).receipts[0]).toMatchObject({ ok: true })
  const account = { account: desk.office.ids(), login: 'second', name: '第二', role: 'worker' }
  expect(await desk.act(admin, 'people/make', { ...account, places: [grid] })).toBe(null)
  const own = { ...account, account: desk.office.ids(), login: 'third' }
  expect(await desk.act(admin, 'people/make', { ...own, places: [place] })).toBe(null)
  const clerk = { ...account, account: desk.office.ids(), login: 'fourth', role: 'staff' }
  expect(await desk.act(admin, 'people/make', { ...clerk, places: [place] })).toBe('not-allowed')
})

it('is no second grid of its worker, and is counted with its community', async () => {
  const { db, places, accounts } = desk.office
  expect(await countGrids(db, accounts['worker']?.id ?? '')).toBe(1)
  const grids = await gridsBelow(db, accounts['admin']?.id ?? '')
  const micro = grids.filter(({ above }) => above === places.grid)
  expect(micro.length).toBeGreaterThanOrEqual(2)
  for (const { place } of micro) expect(place).toBe(places.community)
  expect(grids.map(({ stream }) => stream)).toContain(places.grid)
})

it('leaves units and communities out of the count of grids', async () => {
  const { db, places, accounts, ids } = desk.office
  const unit = ids()
  const body = { place: unit, parent: places.community, placeKind: 'unit', name: '样例承办单位' }
  expect(await desk.act(admin, 'places/add', body)).toBe(null)
  const streams = (await gridsBelow(db, accounts['admin']?.id ?? '')).map(({ stream }) => stream)
  expect(streams).not.toContain(unit)
  expect(streams).not.toContain(places.community)
  expect(streams).toContain(places.farGrid)
})

it('keeps its grid from being merged away', async () => {
  const { grid, otherGrid } = desk.office.places
  expect(await desk.journey(admin, 'places/merge', { from: grid, to: otherGrid })).toBe(
    'place-not-empty',
  )
})

it('goes to another grid as a grid goes to another community', async () => {
  const { grid, otherGrid, community } = desk.office.places
  const { place } = await addMicro(staff, grid, '微网格三')
  expect(await desk.act(admin, 'places/assign', { place, parent: community })).toBe('not-allowed')
  expect(await desk.act(admin, 'places/assign', { place, parent: otherGrid })).toBe(null)
  const row = await desk.office.db
    .selectFrom('place')
    .select('parent')
    .where('id', '=', place)
    .executeTakeFirst()
  expect(row?.parent).toBe(otherGrid)
  expect(await desk.act(staff, 'places/close', { place })).toBe(null)
})
