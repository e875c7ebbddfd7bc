/**
 * What a device of a large office holds by demand: the scope line and its pages, the log, and that nobody else notices.
 * Holds `src/server/routes/demand.ts` and `src/server/routes/pull-record.ts`.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cursorsToHeld } from '#protocol/held.ts'
import type { Cursor, PullRequest } from '#protocol/pull.ts'
import { protocolVersion } from '#protocol/version.ts'
import { insertRecords } from '#server/db/records.ts'
import { transact } from '#server/db/transact.ts'
import { openOffice, readPull, type Device, type Office } from './office.ts'
import { resident, settle, visit, type Home } from './sample.ts'

let office: Office
let admin: Device
const homes: Record<string, Home> = {}

beforeAll(async () => {
  office = await openOffice({ deviceResidents: 4 })
  admin = await office.enter('admin')
  const { grid, otherGrid, farGrid, community, otherCommunity, subdistrict } = office.places
  const names = [
    [subdistrict, 'subdistrict', null],
    [community, 'community', subdistrict],
    [otherCommunity, 'community', subdistrict],
    [grid, 'grid', community],
    [otherGrid, 'grid', community],
    [farGrid, 'grid', otherCommunity],
  ] as const
  for (const [id, placeKind, parent] of names) {
    const fields = { name: `样例${placeKind}`, placeKind, parent, order: 0 }
    await transact(office.db, (trx) => insertRecords(trx, id, [{ kind: 'place', id, fields }]))
  }
  for (const stream of [grid, otherGrid, farGrid]) {
    const home = await settle(admin, admin, stream, office.ids)
    homes[stream] = home
    const another = admin.create(stream, 'resident', office.ids(), resident(home.household))
    await admin.pushed([another])
  }
})
afterAll(() => office.close())

type Asked = NonNullable<PullRequest['demand']>

async function pull(device: Device, demand: Asked | undefined, more: object = {}) {
  const body = { protocol: protocolVersion, device: device.id, cursors: {}, demand, ...more }
  const response = await office.post('/api/pull', body, device.pass)
  expect(response.status).toBe(200)
  return response.text()
}
const asking = async (device: Device, demand: Asked | undefined, cursors = {}) =>
  readPull(await pull(device, demand, { cursors }))
const streamsOf = (pulled: Awaited<ReturnType<typeof asking>>) =>
  pulled.scope.streams.map(({ id }) => id).toSorted()

const upper = () => {
  const { subdistrict, community, otherCommunity } = office.places
  return [subdistrict, community, otherCommunity].toSorted()
}

it('above the limit the places above the grids come, and the names of all grids', async () => {
  const first = await asking(admin, { isOn: false, open: [] })
  expect(streamsOf(first)).toEqual(upper())
  const { grid, otherGrid, farGrid } = office.places
  expect(first.scope.demand).toMatchObject({ held: [], residents: 6, places: 3, most: 4 })
  const outline = first.scope.demand?.outline ?? []
  expect(outline.map(({ id }) => id).toSorted()).toEqual([grid, otherGrid, farGrid].toSorted())
  expect(outline.every(({ kind, fields }) => kind === 'place' && fields?.['name'])).toBe(true)
  expect([...first.records.values()].some(({ kind }) => kind === 'resident')).toBe(false)
  // Whoever has the names is not sent them again.
  const digest = first.scope.demand?.outlineDigest ?? ''
  const second = await asking(admin, { isOn: true, open: [], outline: digest })
  expect(second.scope.demand?.outline).toBeUndefined()
  const other = await asking(admin, { isOn: true, open: [], outline: 'x' })
  expect(other.scope.demand?.outline).toHaveLength(3)
})

it('a grid that is asked for comes whole, goes on from its cursor, and is no longer there when it is not', async () => {
  const { farGrid } = office.places
  const opened = await asking(admin, { isOn: true, open: [farGrid] })
  expect(streamsOf(opened)).toEqual([...upper(), farGrid].toSorted())
  expect(opened.scope.demand?.held).toEqual([farGrid])
  expect(opened.records.get(homes[farGrid]?.resident ?? '')).toBeDefined()
  const on = await asking(admin, { isOn: true, open: [farGrid] }, opened.cursors)
  expect(on.pages).toEqual([])
  const left = await asking(admin, { isOn: true, open: [] }, opened.cursors)
  expect(streamsOf(left)).toEqual(upper())
})

it('a question with what is held is answered over the same streams', async () => {
  const { farGrid } = office.places
  const before = await asking(admin, { isOn: true, open: [farGrid] })
  const outline = before.scope.demand?.outlineDigest ?? ''
  const demand = { isOn: true, open: [farGrid], outline }
  const none = { isOn: true, open: [], outline }
  const { cursors } = before
  const held = async (one: Asked, of: Record<string, Cursor>) => {
    const text = await pull(admin, one, { held: cursorsToHeld(of) })
    return (JSON.parse(text.split('\n')[0] ?? '') as { same: boolean }).same
  }
  expect(await held(demand, cursors)).toBe(true)
  expect(await held(none, cursors)).toBe(false)
  const { [farGrid]: _, ...above } = cursors
  expect(await held(none, above)).toBe(true)
  const at = new Date(office.clock.now()).toISOString()
  const { household = '' } = homes[farGrid] ?? {}
  await admin.pushed([admin.create(farGrid, 'visit', office.ids(), visit(household, at))])
  expect(await held(demand, cursors)).toBe(false)
  expect(await held(none, above)).toBe(true)
  // A place that it does not hold was renamed: nothing of what it holds moved.
  expect(await held({ ...none, outline: 'of before' }, above)).toBe(false)
})

it('no more residents than a device shall carry: the first that are asked for', async () => {
  const { grid, otherGrid, farGrid, subdistrict } = office.places
  const open = [farGrid, farGrid, subdistrict, office.ids(), grid, otherGrid]
  const { scope } = await asking(admin, { isOn: true, open })
  expect(scope.demand?.held).toEqual([farGrid, grid])
})

it('work for a place that is not held arrives all the same', async () => {
  const { otherGrid } = office.places
  const at = new Date(office.clock.now()).toISOString()
  const { household = '' } = homes[otherGrid] ?? {}
  const id = office.ids()
  const { receipts } = await admin.pushed([
    admin.create(otherGrid, 'visit', id, visit(household, at)),
  ])
  expect(receipts).toMatchObject([{ ok: true }])
  expect(streamsOf(await asking(admin, { isOn: true, open: [] }))).toEqual(upper())
  const { records } = await asking(admin, { isOn: true, open: [otherGrid] })
  expect(records.get(id)).toBeDefined()
})

it('a place that is none of the account’s is not opened by asking for it', async () => {
  const staff = await office.enter('staff')
  const { farGrid, grid } = office.places
  // Four residents: exactly what a device carries, so this office holds all of its places.
  const all = await asking(staff, { isOn: false, open: [farGrid] })
  expect(all.scope.demand).toBeUndefined()
  expect(streamsOf(all)).toContain(grid)
  expect(streamsOf(all)).not.toContain(farGrid)
  // It was larger before: it goes on by demand until it is well below.
  const still = await asking(staff, { isOn: true, open: [farGrid] })
  expect(still.scope.demand?.held).toEqual([])
  expect(streamsOf(still)).not.toContain(farGrid)
})

it.each(['worker', 'auditor', 'handler', 'gate'])(
  'a %s holds what it held before',
  async (login) => {
    const device = await office.enter(login)
    const before = await asking(device, undefined)
    const asked = await asking(device, { isOn: true, open: [] })
    expect(asked.scope.demand).toBeUndefined()
    expect(streamsOf(asked)).toEqual(streamsOf(before))
  },
)

it('an app of before gets everything', async () => {
  const all = await asking(admin, undefined)
  expect(all.scope.demand).toBeUndefined()
  expect(all.scope.streams).toHaveLength(6)
})

it('who opened which grid is on record; opened anew on another day it is not called lost', async () => {
  const device = await office.enter('admin')
  const { grid } = office.places
  const entries = async () =>
    (
      await office.db
        .selectFrom('audit')
        .select(['record', 'facts'])
        .where('act', '=', 'pull')
        .where('device', '=', device.id)
        .orderBy('seq')
        .execute()
    ).filter(({ record }) => record === grid)
  const held = async () =>
    (
      await office.db
        .selectFrom('device_pull')
        .select('stream')
        .where('device', '=', device.id)
        .execute()
    ).map(({ stream }) => stream)
  const { cursors } = await asking(device, { isOn: true, open: [grid] })
  await asking(device, { isOn: true, open: [grid] }, cursors)
  expect(await entries()).toMatchObject([{ facts: { count: 2, places: 1 } }])
  expect(await held()).toContain(grid)
  await asking(device, { isOn: true, open: [] }, cursors)
  expect(await held()).toContain(grid)
  const { [grid]: _, ...above } = cursors
  await asking(device, { isOn: true, open: [] }, above)
  // It has let go of it: who lives there was not on it when it is lost.
  expect(await held()).not.toContain(grid)
  await asking(device, { isOn: true, open: [grid] }, above)
  const said = await entries()
  expect(said).toHaveLength(2)
  expect(said.every(({ facts }) => !JSON.stringify(facts).includes('again'))).toBe(true)
  expect(await held()).toContain(grid)
})
