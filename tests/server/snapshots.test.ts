/**
 * First pulls from stored snapshots: the same as from the records themselves, whatever happened since.
 * Holds `src/server/db/snapshots.ts`.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertRecords } from '#server/db/records.ts'
import { purgeTombstones, tombstoneDays } from '#server/db/tombstones.ts'
import { createSnapshotKeeper } from '#server/keepers/snapshot-keeper.ts'
import { dayMs, openOffice, readPull, unzip, type Device, type Office } from './office.ts'
import { settle, visit, type Home } from './sample.ts'

let office: Office
let grid: string
let worker: Device
let home: Home

beforeAll(async () => {
  office = await openOffice()
  grid = office.places.grid
  worker = await office.enter('worker')
  home = await settle(await office.enter('staff'), worker, grid, office.ids)
  await office.db.transaction().execute((trx) =>
    insertRecords(
      trx,
      grid,
      Array.from({ length: 3_000 }, (_, index) => ({
        kind: 'visit' as const,
        id: office.ids(),
        fields: visit(home.household, new Date(office.clock.now() - index * 60_000).toISOString()),
      })),
    ),
  )
})
afterAll(() => office.close())

async function stored(): Promise<void> {
  const faults: unknown[] = []
  const keeper = createSnapshotKeeper(office.db, office.clock, (error) => faults.push(error))
  await keeper.lookAround()
  await keeper.stop()
  // The one that was begun ends before `stop` does.
  expect(faults).toEqual([])
}
const snapshotOf = (stream: string) =>
  office.db
    .selectFrom('snapshot')
    .select(['part', 'epoch', 'version'])
    .where('stream', '=', stream)
    .orderBy('part')
    .execute()
const living = async () => {
  const rows = await office.db
    .selectFrom('record')
    .select(['id', 'version'])
    .where('stream', '=', grid)
    .where('removed', '=', false)
    .where('kind', '<>', 'reveal')
    .execute()
  return new Map(rows.map(({ id, version }) => [id, version]))
}
const pulled = async (device: Device) => {
  const { records, cursors, pages, ended } = await device.pull()
  const mine = [...records.values()].filter((one) => one.stream === grid && !one.removed)
  const of = pages.filter((page) => page.stream === grid)
  return { versions: new Map(mine.map(({ id, version }) => [id, version])), of, cursors, ended }
}
const addVisit = (device: Device) =>
  device.create(
    grid,
    'visit',
    office.ids(),
    visit(home.household, new Date(office.clock.now()).toISOString()),
  )

it('is the same as without one, and begins the stream anew', async () => {
  const before = await pulled(worker)
  await stored()
  const [first] = await snapshotOf(grid)
  expect(first?.version).toBeGreaterThan(3_000)
  const after = await pulled(worker)
  expect(after.ended).toBe(true)
  expect(after.versions).toEqual(before.versions)
  expect(after.versions).toEqual(await living())
  expect(after.cursors).toEqual(before.cursors)
  expect(after.of[0]?.reset).toBe(true)
  expect(after.of.filter((page) => page.reset)).toHaveLength(1)
})

it('is read from the store: what is taken away behind its back is still in it', async () => {
  const [someone] = [...(await pulled(worker)).versions.keys()]
  await office.db
    .deleteFrom('record')
    .where('id', '=', someone ?? '')
    .execute()
  expect((await pulled(worker)).versions.has(someone ?? '')).toBe(true)
  await office.db.deleteFrom('snapshot').execute()
  expect((await pulled(worker)).versions.has(someone ?? '')).toBe(false)
  await stored()
})

it('has behind it what came, changed and went since', async () => {
  const added = addVisit(worker)
  const gone = addVisit(worker)
  await worker.pushed([added, gone])
  await stored()
  const at = (await worker.pull()).records.get(home.resident)
  if (!at) throw new Error('no resident')
  await worker.pushed([
    addVisit(worker),
    worker.patch(at, { note: 'seit dem Abbild' }),
    worker.mutation({ stream: grid, kind: 'visit', record: gone.record, op: 'remove' }),
  ])
  const { versions } = await pulled(worker)
  expect(versions).toEqual(await living())
  expect(versions.has(gone.record)).toBe(false)
  const { records } = await worker.pull()
  expect(records.get(home.resident)?.fields).toMatchObject({ note: 'seit dem Abbild' })
})

it('is sent to a device that takes no gzip, too', async () => {
  const body = { protocol: 2, device: worker.id, cursors: {} }
  const zipped = await office.post('/api/pull', body, worker.pass, { 'accept-encoding': 'gzip' })
  expect(zipped.headers.get('content-encoding')).toBe('gzip')
  const plain = await office.post('/api/pull', body, worker.pass)
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect(readPull(unzip(await zipped.arrayBuffer())).records).toEqual(
    readPull(await plain.text()).records,
  )
})

it('is for those who work with people alone', async () => {
  const auditor = await office.enter('auditor')
  expect((await auditor.pull()).records.size).toBeGreaterThanOrEqual(0)
  const kinds = new Set([...(await auditor.pull()).records.values()].map(({ kind }) => kind))
  expect(kinds.has('visit')).toBe(false)
})

it('of an earlier epoch is not sent', async () => {
  await office.db.updateTable('stream').set({ epoch: 2 }).where('id', '=', grid).execute()
  const { of, versions } = await pulled(worker)
  expect(of.every((page) => page.epoch === 2)).toBe(true)
  expect(versions).toEqual(await living())
})

it('goes on without old tombstones; a cursor from before them begins anew', async () => {
  const { cursors: old } = await worker.pull()
  const gone = addVisit(worker)
  await worker.pushed([gone])
  await worker.pushed([
    worker.mutation({ stream: grid, kind: 'visit', record: gone.record, op: 'remove' }),
  ])
  const { cursors: fresh } = await worker.pull()
  expect(await purgeTombstones(office.db, office.clock.now())).toBe(0)
  const later = office.clock.now() + (tombstoneDays + 1) * dayMs
  expect(await purgeTombstones(office.db, later)).toBeGreaterThan(0)
  const rows = await office.db
    .selectFrom('record')
    .select('id')
    .where('stream', '=', grid)
    .where('removed', '=', true)
    .execute()
  expect(rows).toEqual([])
  const anew = await worker.pull(old)
  expect(anew.pages.find((page) => page.stream === grid)?.reset).toBe(true)
  expect(anew.records.has(gone.record)).toBe(false)
  const onwards = await worker.pull(fresh)
  expect(onwards.pages.filter((page) => page.stream === grid)).toEqual([])
})
