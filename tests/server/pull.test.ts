/**
 * Pulls: who gets what, page by page, over an interruption, a restored database and a lost stream.
 * Holds `src/server/routes/pull.ts`, `src/server/routes/cursor.ts`, `src/server/routes/pull-record.ts` and
 * `src/server/db/pages.ts`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { cursorsToHeld } from '#protocol/held.ts'
import { pullLineSchema } from '#protocol/pull.ts'
import { insertRecords } from '#server/db/records.ts'
import {
  dayMs,
  openOffice,
  problemOf,
  readPull,
  unzip,
  type Device,
  type Office,
} from './office.ts'
import { resident, settle, visit, type Home } from './sample.ts'

let office: Office
let worker: Device
let staff: Device
let grid: string
let home: Home

beforeAll(async () => {
  office = await openOffice()
  grid = office.places.grid
  worker = await office.enter('worker')
  staff = await office.enter('staff')
  home = await settle(staff, worker, grid, office.ids)
  const { subdistrict, community, farGrid } = office.places
  await office.db.transaction().execute(async (trx) => {
    await insertRecords(trx, subdistrict, [place('富春街道')])
    await insertRecords(trx, community, [place('样例社区')])
    await insertRecords(trx, farGrid, [place('远网格')])
  })
})
afterAll(() => office.close())

const place = (name: string) => ({
  kind: 'place' as const,
  id: office.ids(),
  fields: { name, placeKind: 'grid' },
})

const raw = (device: Device, cursors: object, headers = {}) =>
  office.post('/api/pull', { protocol: 1, device: device.id, cursors }, device.pass, headers)

describe('a pull', () => {
  it('answers in the shape of the protocol', async () => {
    const response = await raw(worker, {})
    expect(response.headers.get('content-type')).toMatch(/^application\/x-ndjson/)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const lines = (await response.text()).trimEnd().split('\n')
    for (const line of lines) v.parse(pullLineSchema, JSON.parse(line))
    const { scope, ended } = readPull(lines.join('\n'))
    expect(ended).toBe(true)
    expect(scope).toMatchObject({
      account: { id: worker.account, name: 'worker', role: 'worker' },
      expected: 4,
      now: '2026-11-23T06:32:00.000Z',
    })
  })

  it('says in two short lines whether what a device holds is all there is', async () => {
    const { scope } = await worker.pull()
    const cursors = Object.fromEntries(
      scope.streams.map(({ id, epoch, head }) => [id, { epoch, version: head }]),
    )
    const ask = async (held: string) => {
      const asked = { protocol: 2, device: worker.id, held }
      const response = await office.post('/api/pull', asked, worker.pass)
      const text = await response.text()
      expect(text.length).toBeLessThan(200)
      const lines = text.trimEnd().split('\n')
      const [line, end] = lines.map((one) => v.parse(pullLineSchema, JSON.parse(one)))
      expect(end).toEqual({ type: 'end' })
      return line
    }
    const all = cursorsToHeld(cursors)
    expect(await ask(all)).toEqual({
      type: 'held',
      same: true,
      now: '2026-11-23T06:32:00.000Z',
      expected: scope.expected,
    })
    const { [grid]: own, ...others } = cursors
    const older = { ...others, [grid]: { epoch: own!.epoch, version: own!.version - 1 } }
    const before = { ...others, [grid]: { epoch: own!.epoch + 1, version: own!.version } }
    const more = { ...cursors, [office.places.farGrid]: { epoch: 1, version: 1 } }
    for (const not of [others, older, before, more, {}]) {
      expect(await ask(cursorsToHeld(not))).toMatchObject({ type: 'held', same: false })
    }
    expect(await ask('')).toMatchObject({ same: false })
  })

  it('brings the grid and the way up to the root, and nothing of the neighbours', async () => {
    const { subdistrict, community } = office.places
    const { scope, records } = await worker.pull()
    const streams = Object.fromEntries(scope.streams.map(({ id, write }) => [id, write]))
    expect(streams).toEqual({ [grid]: true, [community]: false, [subdistrict]: false })
    const names = [...records.values()].map((record) => record.fields?.name)
    expect(names).toContain('富春街道')
    expect(names).not.toContain('远网格')
    expect(records.get(home.resident)).toMatchObject({
      kind: 'resident',
      stream: grid,
      by: worker.account,
      at: '2026-11-23T06:32:00.000Z',
      fields: { name: '样例甲', household: home.household },
    })
  })

  it('brings an office all of its grids, and an administrator everything', async () => {
    const { otherGrid, community, subdistrict, otherCommunity, farGrid } = office.places
    const mine = new Set((await staff.pull()).scope.streams.map((stream) => stream.id))
    expect(mine).toEqual(new Set([grid, otherGrid, community, subdistrict]))
    const admin = await office.enter('admin')
    const all = new Set((await admin.pull()).scope.streams.map((stream) => stream.id))
    expect(all).toEqual(new Set([...mine, otherCommunity, farGrid]))
  })

  it('brings an auditor no person', async () => {
    const auditor = await office.enter('auditor')
    const { records, cursors, scope } = await auditor.pull()
    const kinds = new Set([...records.values()].map((record) => record.kind))
    expect(kinds).toEqual(new Set(['place']))
    const head = scope.streams.find((stream) => stream.id === grid)?.head
    expect(cursors[grid]?.version).toBe(head)
  })

  it('leaves out what is kept by the server alone', async () => {
    const id = office.ids()
    await worker.pushed([
      worker.create(grid, 'reveal', id, {
        subject: home.resident,
        field: 'phones',
        purpose: 'contact',
        at: '2026-11-23T06:00:00.000Z',
      }),
    ])
    const { records, cursors, scope } = await worker.pull()
    expect(records.has(id)).toBe(false)
    expect(cursors[grid]?.version).toBe(scope.streams.find(({ id }) => id === grid)?.head)
  })

  it('goes on from a cursor, with tombstones and the history of fields', async () => {
    const { cursors, records } = await worker.pull()
    const again = await worker.pull(cursors)
    expect(again.pages).toEqual([])
    expect(again.ended).toBe(true)
    const seen = records.get(home.resident)
    const gone = office.ids()
    await worker.pushed([
      worker.patch(seen!, { note: '新' }),
      worker.create(grid, 'visit', gone, visit(home.household, '2026-11-23T06:00:00.000Z')),
      worker.mutation({ stream: grid, kind: 'visit', record: gone, op: 'remove' }),
    ])
    const next = await worker.pull(cursors)
    expect(next.pages).toHaveLength(1)
    expect(next.pages[0]).not.toHaveProperty('reset')
    expect(next.pages[0]?.from).toBe(cursors[grid]?.version)
    expect(next.records.get(home.resident)?.fields?.note).toBe('新')
    expect(next.records.get(gone)).toEqual({
      kind: 'visit',
      id: gone,
      stream: grid,
      version: expect.any(Number) as number,
      removed: true,
    })
    const changes = next.pages[0]?.changes ?? []
    expect(changes.map(({ record, op, fields }) => ({ record, op, fields }))).toEqual([
      { record: home.resident, op: 'patch', fields: { note: [null, '新'] } },
      { record: gone, op: 'remove', fields: {} },
    ])
    const fresh = await worker.pull()
    expect(fresh.records.has(gone)).toBe(false)
  })

  it('brings no history that is older than half a year', async () => {
    const { records } = await worker.pull()
    await worker.pushed([worker.patch(records.get(home.resident)!, { workplace: '旧厂' })])
    const lines = async () =>
      (await worker.pull()).pages.flatMap((page) => page.changes).map(({ fields }) => fields)
    expect(await lines()).toContainEqual({ workplace: [null, '旧厂'] })
    const now = office.clock.at
    office.clock.at += 181 * dayMs
    // The session ended long ago as well.
    worker = await office.enter('worker')
    expect(await lines()).not.toContainEqual({ workplace: [null, '旧厂'] })
    office.clock.at = now
    worker = await office.enter('worker')
  })

  it('starts anew where the cursor does not fit', async () => {
    let { cursors } = await worker.pull()
    let cursor = cursors[grid]!
    const isReset = async (version: number, epoch: number) => {
      const { pages } = await worker.pull({ ...cursors, [grid]: { epoch, version } })
      return pages[0]?.reset === true && pages[0].from === 0
    }
    expect(await isReset(cursor.version, cursor.epoch)).toBe(false)
    expect(await isReset(cursor.version, cursor.epoch + 1)).toBe(true)
    expect(await isReset(cursor.version + 1, cursor.epoch)).toBe(true)
    // Beyond the head: this server was put back, and all streams begin anew.
    cursors = (await worker.pull()).cursors
    cursor = cursors[grid]!
    expect(await isReset(1.5, cursor.epoch)).toBe(true)
    await office.db.updateTable('stream').set({ floor: 3 }).where('id', '=', grid).execute()
    expect(await isReset(2, cursor.epoch)).toBe(true)
    expect(await isReset(3, cursor.epoch)).toBe(false)
    await office.db.updateTable('stream').set({ floor: 0 }).where('id', '=', grid).execute()
  })

  it('does not answer for a stream that is not in scope', async () => {
    const { farGrid } = office.places
    const { scope, pages } = await worker.pull({ [farGrid]: { epoch: 1, version: 0 } })
    expect(scope.streams.map((stream) => stream.id)).not.toContain(farGrid)
    expect(pages.map((page) => page.stream)).not.toContain(farGrid)
  })
})

describe('a large pull', () => {
  const people = 1_203
  let cursor: number

  beforeAll(async () => {
    const { otherGrid } = office.places
    staff = await office.enter('staff')
    await office.db.transaction().execute((trx) =>
      insertRecords(
        trx,
        otherGrid,
        Array.from({ length: people }, (_, index) => ({
          kind: 'resident' as const,
          id: office.ids(),
          fields: resident(office.ids(), { name: `样例${index}` }),
        })),
      ),
    )
    cursor = people
  })

  const pagesOf = (pull: Awaited<ReturnType<Device['pull']>>) =>
    pull.pages.filter((page) => page.stream === office.places.otherGrid)

  it('comes in pages that follow on each other', async () => {
    const pages = pagesOf(await staff.pull())
    expect(pages.map(({ from, to, reset }) => [from, to, reset ?? false])).toEqual([
      [0, 500, true],
      [500, 1_000, false],
      [1_000, cursor, false],
    ])
    expect(pages.flatMap((page) => page.records)).toHaveLength(people)
  })

  it('goes on after an interruption, and the parts are the whole', async () => {
    const whole = await staff.pull()
    const text = await (await raw(staff, {})).text()
    const cut = readPull(text.split('\n').slice(0, 3).join('\n'))
    expect(cut.ended).toBe(false)
    const rest = await staff.pull(cut.cursors)
    const both = new Map([...cut.records, ...rest.records])
    expect(both).toEqual(whole.records)
    expect({ ...cut.cursors, ...rest.cursors }).toEqual(whole.cursors)
  })

  it('is compressed for whoever takes it', async () => {
    const plain = await (await raw(staff, {})).text()
    const response = await raw(staff, {}, { 'accept-encoding': 'gzip, br' })
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(response.headers.get('vary')).toContain('Accept-Encoding')
    const bytes = await response.arrayBuffer()
    expect(bytes.byteLength).toBeLessThan(plain.length / 3)
    expect(unzip(bytes)).toBe(plain)
  })

  it('can be left in the middle without harm', async () => {
    for (let round = 0; round < 30; round += 1) {
      const response = await raw(staff, {}, round % 2 ? { 'accept-encoding': 'gzip' } : {})
      const reader = response.body!.getReader()
      await reader.read()
      await reader.cancel()
    }
    expect((await staff.pull()).ended).toBe(true)
  })
})

describe('a request for a pull', () => {
  it('is refused where it makes no sense', async () => {
    const status = async (body: unknown, pass = worker.pass) => {
      const response = await office.post('/api/pull', body, pass)
      return [response.status, await problemOf(response)]
    }
    const good = { protocol: 1, device: worker.id, cursors: {} }
    expect(await status('')).toEqual([400, 'malformed'])
    expect(await status({ ...good, cursors: { x: 1 } })).toEqual([400, 'malformed'])
    expect(await status({ ...good, protocol: 0 })).toEqual([426, 'app-too-old'])
    expect(await status({ ...good, protocol: 99 })).toEqual([409, 'server-too-old'])
    expect(await status({ ...good, device: staff.id })).toEqual([403, 'not-allowed'])
    expect(await status({ ...good, more: 'x'.repeat(300_000) })).toEqual([413, 'too-large'])
    expect(await status(good, '')).toEqual([401, 'not-signed-in'])
    expect(await status(good, 'made-up')).toEqual([401, 'not-signed-in'])
    expect(await status(good, 'a'.repeat(43))).toEqual([401, 'session-ended'])
  })
})
