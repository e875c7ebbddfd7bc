/** A place that becomes one of another kind: where it may, what stands in the way, by whom, once. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { PlaceKind } from '#domain/place.ts'
import type { Device } from '../office.ts'
import { building } from '../sample.ts'
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

const turn = (
  by: Device,
  place: string,
  before: PlaceKind,
  placeKind: PlaceKind,
  parent: string,
  act = desk.office.ids(),
) => desk.act(by, 'places/turn', { place, before, placeKind, parent }, act)
async function add(placeKind: PlaceKind, parent: string) {
  const place = desk.office.ids()
  const body = { place, parent, placeKind, name: `样例${placeKind}` }
  expect(await desk.act(admin, 'places/add', body)).toBe(null)
  return place
}
const fieldsOf = async (id: string) =>
  (await admin.pull()).records.get(id)?.fields as Record<string, unknown>

it('makes a village of a community with its grids, once', async () => {
  const { subdistrict } = desk.office.places
  const community = await add('community', subdistrict)
  const grid = await desk.addGrid(admin, community)
  const act = desk.office.ids()
  expect(await turn(admin, community, 'community', 'village', subdistrict, act)).toBe(null)
  expect(await turn(admin, community, 'community', 'village', subdistrict, act)).toBe(null)
  expect(await fieldsOf(community)).toMatchObject({ placeKind: 'village' })
  expect(await fieldsOf(grid)).toMatchObject({ parent: community })
  // Somebody had it on screen as it was before.
  expect(await turn(admin, community, 'community', 'cooperative', subdistrict)).toBe(
    'changed-meanwhile',
  )
})

it('makes a micro-grid of a grid with its buildings and its worker, under another grid', async () => {
  const { community, grid, otherGrid } = desk.office.places
  const block = admin.create(otherGrid, 'building', desk.office.ids(), building())
  await admin.pushed([block])
  expect(await turn(admin, otherGrid, 'grid', 'micro-grid', community)).toBe('not-allowed')
  expect(await turn(admin, otherGrid, 'grid', 'micro-grid', otherGrid)).toBe('not-allowed')
  expect(await turn(staff, otherGrid, 'grid', 'micro-grid', grid)).toBe('not-allowed')
  expect(await turn(admin, otherGrid, 'grid', 'micro-grid', grid)).toBe(null)
  expect(await fieldsOf(otherGrid)).toMatchObject({ placeKind: 'micro-grid', parent: grid })
  // The worker of the grid above it sees what stands in it.
  const worker = await desk.office.enter('worker')
  expect((await worker.pull()).records.get(block.record)).toMatchObject({ stream: otherGrid })
  // And back.
  expect(await turn(admin, otherGrid, 'micro-grid', 'grid', community)).toBe(null)
  expect(
    (await (await desk.office.enter('worker')).pull()).records.get(block.record),
  ).toBeUndefined()
})

it('not where something in it would be forbidden', async () => {
  const { subdistrict, community, grid, farGrid, otherCommunity } = desk.office.places
  // Grids stand in it.
  expect(await turn(admin, community, 'community', 'unit', subdistrict)).toBe('place-not-empty')
  // A worker walks it, whom no unit has.
  expect(await turn(admin, grid, 'grid', 'unit', community)).toBe('place-not-empty')
  // Something is recorded in it.
  const full = await desk.addGrid(admin)
  await admin.pushed([admin.create(full, 'building', desk.office.ids(), building())])
  expect(await turn(admin, full, 'grid', 'unit', community)).toBe('place-not-empty')
  const vacant = await desk.addGrid(admin)
  expect(await turn(admin, vacant, 'grid', 'unit', community)).toBe(null)
  // A micro-grid has none below it.
  await add('micro-grid', farGrid)
  const second = await desk.addGrid(admin, otherCommunity)
  expect(await turn(admin, farGrid, 'grid', 'micro-grid', second)).toBe('place-not-empty')
})

it('is nobody’s beyond their part, and nobody makes a second subdistrict', async () => {
  const { subdistrict, community, otherCommunity, farGrid } = desk.office.places
  expect(await turn(staff, farGrid, 'grid', 'unit', otherCommunity)).toBe('not-found')
  expect(await turn(staff, community, 'community', 'village', subdistrict)).toBe('not-allowed')
  expect(await turn(admin, community, 'community', 'subdistrict', subdistrict)).toBe('not-allowed')
  expect(await turn(admin, subdistrict, 'subdistrict', 'community', subdistrict)).toBe(
    'not-allowed',
  )
  expect(await desk.act(admin, 'places/turn', { place: community })).toBe('malformed')
  const worker = await desk.office.enter('worker')
  expect(await turn(worker, farGrid, 'grid', 'unit', otherCommunity)).toBe('not-allowed')
})
