/**
 * Odd values through each of the doors, on the real server: no answer is a fault, and whatever stands beside the odd
 * one is carried out.
 */
import fc from '#tests/support/fast-check.ts'
import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { idBornIn } from '#domain/born-ids.ts'
import type { Import, ImportItem } from '#domain/import.ts'
import { unsentFileContext, unsentFileFormat, unsentFileInfo } from '#protocol/unsent-file.ts'
import { protocolVersion } from '#protocol/version.ts'
import { loadRecords } from '#server/db/records.ts'
import { callers } from '#server/routes/who-may-call.ts'
import { useGrid } from './grid.ts'
import { oddValue, rightFields, spoiltMutation, type Where } from './odd-values.ts'
import { byPass, type Device } from './office.ts'
import { building, visit } from './sample.ts'
import { tableBodies } from './table-people.ts'

const g = useGrid()
/** A shared machine may be slow without being wrong. */
const inPatience = { timeout: 30_000, interval: 20 }
/** So many times more in a long run. */
const factor = Number(process.env['WUSE_FUZZ'] ?? 1)
vi.setConfig({ testTimeout: 90_000 * factor })
const runs = (numRuns: number) => ({ numRuns: numRuns * factor, endOnFailure: true })
const isoNow = () => new Date(g.office.clock.now()).toISOString()
const where = (device: Device): Where => ({
  ...{ home: g.home, account: device.account, at: isoNow(), id: g.office.ids() },
})
const goodVisit = (device: Device) =>
  device.create(g.grid, 'visit', g.office.ids(), visit(g.home.household, isoNow()))
const stands = async (mutation: { readonly record: string }) =>
  (await g.recordOf(mutation.record)) !== undefined
/** An address cannot even be written with half a surrogate pair. */
const wellFormed = (text: string) => text.replace(/\p{Surrogate}/gu, '')
beforeEach(() => void g.office.log.splice(0))
const faults = () => g.office.log.filter(({ event }) => event === 'fault')

/** Behind a mutation that cannot even be named a push stops, as at a gap: the device sends on from there. */
const pushesAlong = async (device: Device, spoilt: () => Record<string, unknown>) => {
  const before = goodVisit(device)
  const odd = spoilt()
  const behind = goodVisit(device)
  const response = await device.push([before, odd, behind])
  expect(response.status).toBe(200)
  const { receipts } = (await response.json()) as { receipts: { id: string; ok: boolean }[] }
  expect(receipts.map(({ id }) => id)).toEqual([before.id, odd['id'], behind.id])
  expect(receipts[0]?.ok).toBe(true)
  expect(receipts[2]?.ok).toBe(true)
  expect(await stands(before)).toBe(true)
  expect(await stands(behind)).toBe(true)
  expect(faults()).toEqual([])
}

describe('a push', () => {
  for (const login of ['worker', 'staff', 'admin']) {
    it(`of the ${login} with one odd mutation applies those beside it`, async () => {
      const device = await g.office.enter(login)
      const { grid, subdistrict } = g.office.places
      const anyMutation = fc
        .tuple(fc.constantFrom(grid, grid, grid, subdistrict), fc.nat())
        .chain(([stream]) => spoiltMutation(device, stream, where(device)))
      await fc.assert(
        fc.asyncProperty(anyMutation, (spoilt) => pushesAlong(device, spoilt)),
        runs(40),
      )
    })
  }

  it('with one odd override of any kind of record applies those beside it', async () => {
    for (const kind of ['household', 'dwelling', 'resident', 'building', 'visit'] as const) {
      for (const overrides of [{ add: [] }, {}, [null], 'x', 1, { add: [null] }]) {
        const spoilt = (op: 'create' | 'patch') => () => ({
          ...g.staff.mutation({
            ...{ stream: g.grid, kind, op },
            record: op === 'create' || kind === 'visit' ? g.office.ids() : g.home[kind],
            fields:
              op === 'create' ? { ...rightFields[kind](where(g.staff)), overrides } : { overrides },
          }),
        })
        await pushesAlong(g.staff, spoilt('create'))
        await pushesAlong(g.staff, spoilt('patch'))
      }
    }
  })
})

describe('an import', () => {
  it('with one odd change is decided, and so is the next one', async () => {
    const bring = async (items: readonly unknown[]) => {
      const id = g.office.ids()
      const { community } = g.office.places
      const { head } = await g.office.db
        .selectFrom('stream')
        .select('head')
        .where('id', '=', g.grid)
        .executeTakeFirstOrThrow()
      const { receipts } = await g.staff.pushed([
        g.staff.create(community, 'import', id, {
          ...{ title: '样例', parts: 1, rows: 1, added: 1, changed: 0 },
          bases: [{ stream: g.grid, version: head }],
        }),
        g.staff.create(community, 'import-part', g.office.ids(), { import: id, part: 1, items }),
      ])
      const outcome = () =>
        vi.waitFor(async () => {
          const [record] = await loadRecords(g.office.db, [community], [id])
          const said = (record?.fields as Import | undefined)?.outcome
          if (!said) throw new Error('not decided yet')
          return said
        }, inPatience)
      return { receipts, outcome }
    }
    const item = (more: object): Partial<ImportItem> => ({
      ...{ stream: g.grid, kind: 'building', record: g.office.ids(), op: 'create', seen: 0 },
      fields: building(),
      ...more,
    })
    const kinds = ['building', 'dwelling', 'household', 'resident'] as const
    const odd = fc
      .tuple(fc.constantFrom(...kinds), fc.constantFrom('create', 'patch'), fc.nat(), oddValue)
      .map(([kind, op, at, value]) => {
        const fields = rightFields[kind](where(g.staff))
        const names = [...Object.keys(fields), 'overrides', 'constructor', 'hazards']
        const name = names[at % names.length] ?? ''
        const record = op === 'create' ? g.office.ids() : g.home[kind]
        const own = op === 'create' ? fields : {}
        return item({ kind, op, record, fields: { ...own, [name]: value } })
      })
    await fc.assert(
      fc.asyncProperty(odd, async (spoilt) => {
        const first = await bring([item({}), spoilt])
        if (first.receipts.every(({ ok }) => ok)) await first.outcome()
        const next = await bring([item({})])
        expect(await next.outcome()).toBe('written')
        expect(faults()).toEqual([])
      }),
      runs(40),
    )
  })
})

describe('a file of unsent work', () => {
  it('with one odd mutation brings in those beside it', async () => {
    const secret = randomBytes(32)
    await g.office.db
      .updateTable('device')
      .set({ key: secret.toString('base64') })
      .where('id', '=', g.worker.id)
      .execute()
    const seal = (mutations: readonly unknown[]) => {
      const key = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(32), unsentFileInfo, 32))
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      cipher.setAAD(Buffer.from(unsentFileContext(g.worker.id)))
      const text = cipher.update(JSON.stringify({ mutations }))
      const box = Buffer.concat([nonce, text, cipher.final(), cipher.getAuthTag()])
      return { format: unsentFileFormat, device: g.worker.id, box: box.toString('base64') }
    }
    const spoilt = spoiltMutation(g.worker, g.grid, where(g.worker))
    await fc.assert(
      fc.asyncProperty(spoilt, async (make) => {
        const [before, odd, behind] = [goodVisit(g.worker), make(), goodVisit(g.worker)]
        const file = seal([before, odd, behind])
        const response = await g.office.post('/api/unsent-file', file, g.staff.pass)
        expect(response.status).toBe(200)
        expect(await stands(before)).toBe(true)
        expect(await stands(behind)).toBe(true)
        expect(faults()).toEqual([])
      }),
      runs(40),
    )
  })
})

describe('a route', () => {
  /** A request to each that is right as it is; a place or person that is not there is a refusal as well. */
  const bodies = (): Readonly<Record<string, object | string | null>> => {
    const { office } = g
    const id = () => office.ids()
    const protocol = protocolVersion
    const { subdistrict, community, grid, otherGrid } = office.places
    const given = { name: '样例', role: 'worker', places: [grid] }
    const file = { format: unsentFileFormat, device: g.worker.id, box: 'AAAA' }
    const scheme = rightFields.scheme(where(g.staff))
    const device = g.worker.id
    return {
      'GET /api/filing': null,
      'GET /api/setup': null,
      'POST /api/setup': {
        ...{ protocol: protocolVersion, token: 'x', name: '样例', code: null, places: 'none' },
        ...{ person: '样例', login: 'first.admin', password: 'some words of a sample' },
      },
      'POST /api/session': {
        ...{ protocol, login: 'worker', password: 'wrong', newPassword: 'wrong', code: '123456' },
        attempt: id(),
        ...{ device, deviceName: '样例' },
      },
      'POST /api/session/pass': { protocol },
      'POST /api/session/exchange': { protocol },
      'GET /api/session/factor': null,
      'POST /api/session/factor/begin': { password: 'wrong' },
      'POST /api/session/factor/confirm': { code: '123456' },
      'POST /api/session/factor/codes': { code: '123456' },
      'POST /api/session/factor/end': { code: '123456' },
      'GET /api/session': null,
      'DELETE /api/session': null,
      'POST /api/push': { protocol, device, sentAt: isoNow(), mutations: [] },
      'POST /api/pull': {
        ...{ protocol, device, cursors: { [grid]: { epoch: 1, version: 1 } }, held: undefined },
        demand: { isOn: true, open: [grid], outline: 'x' },
        report: {
          ...{ app: '0.2.0', waiting: 0, refused: 0, oldest: isoNow() },
          storage: { used: 1, quota: 2, persisted: true },
        },
      },
      'GET /api/events': null,
      'GET /api/history/:stream/:record': `${grid}/${g.home.resident}`,
      'POST /api/unsent-file': file,
      'POST /api/audit': {
        ...{ protocol, account: g.staff.account, record: g.home.resident, acts: ['reveal'] },
        ...{ from: isoNow(), to: isoNow(), before: { at: isoNow(), id: 'x' } },
      },
      'GET /api/devices': null,
      'POST /api/devices/revoke': { device: id() },
      'GET /api/devices/own': null,
      'POST /api/devices/own/end': { device: id() },
      'GET /api/purge': null,
      'GET /api/purge/:stream': grid,
      'GET /api/purge/:stream/requests': grid,
      'POST /api/purge/keep': { stream: grid, record: g.home.resident },
      'POST /api/purge/let-go': { stream: grid, record: g.home.resident },
      'POST /api/purge/agree': { place: community, at: isoNow(), said: '3' },
      'POST /api/purge/withdraw': { place: community, at: isoNow() },
      'POST /api/scheme/preview': { protocol, scheme },
      'GET /api/overview': null,
      'GET /api/overview/:place': grid,
      'GET /api/topics/:stream/:topic': `${grid}/${g.home.resident}`,
      'GET /api/year/:year': '2026',
      'POST /api/search': { protocol, asked: '样例甲', purpose: 'contact' },
      ...tableBodies(community, grid, id()),
      'GET /api/requests/overview/:place': grid,
      'GET /api/requests/list/:place': grid,
      'POST /api/requests/preview': { protocol, place: grid },
      'POST /api/requests/find': { protocol, number: 'YY-261123-01-01', hash: '0'.repeat(64) },
      'GET /api/hotline': null,
      'POST /api/hotline/make': {
        ...{ act: id(), system: id(), name: '样例热线', places: [subdistrict], mayWrite: true },
      },
      'POST /api/hotline/renew': { act: id(), system: id() },
      'POST /api/hotline/stop': { act: id(), system: id() },
      'POST /api/hotline/admit': {
        ...{ act: id(), waiting: id(), stream: grid, item: id(), level: 'ordinary' },
      },
      'POST /api/hotline/turn-away': {
        ...{ act: id(), waiting: id(), reason: 'no-matter', told: '样例' },
      },
      'GET /api/ask': null,
      'GET /api/ask/photo/:place/:waiting/:photo': `${community}/${id()}/${'a'.repeat(64)}`,
      'POST /api/ask/codes/make': {
        act: id(),
        codes: [{ stream: grid, id: idBornIn(grid, id()), name: '样例', building: null }],
        replaces: { stream: grid, id: id() },
      },
      'POST /api/ask/codes/stop': { act: id(), codes: [{ stream: grid, id: id() }] },
      'POST /api/ask/codes/printed': { act: id(), codes: [{ stream: grid, id: id() }] },
      'POST /api/ask/page': {
        ...{ act: id(), place: community, telephone: '10012340078' },
        ...{ codeHour: 6, codeDay: 20, placeHour: 300 },
      },
      'POST /api/ask/admit': {
        ...{ act: id(), place: community, waiting: [id()], stream: grid, item: id() },
        ...{ level: 'ordinary', group: { code: id(), hour: isoNow() } },
      },
      'POST /api/ask/turn-away': {
        ...{ act: id(), place: community, waiting: [id()], reason: 'test', told: '样例' },
        group: { code: id(), hour: isoNow() },
      },
      'POST /api/ask/take-back': {
        ...{ act: id(), place: community, waiting: [id()] },
        group: { code: id(), hour: isoNow() },
      },
      'GET /api/place-books': null,
      'POST /api/place-books/write': {
        act: id(),
        lines: [
          {
            ...{ of: 'place', sheet: '地方', row: 2, kind: '网格', name: `样例${id()}` },
            ...{ parent: '样例社区', code: '' },
          },
          {
            ...{ of: 'person', sheet: '人员', row: 2, name: '样例', login: `b${id().slice(-8)}` },
            ...{ role: '网格员', places: '样例社区第一网格' },
          },
        ],
      },
      'POST /api/place-books/take-back': { act: id(), book: id() },
      'POST /api/places/turn': {
        ...{ act: id(), place: otherGrid, placeKind: 'micro-grid', parent: grid, before: 'grid' },
      },
      'POST /api/people/one-time': { accounts: [{ account: id(), act: id() }] },
      'POST /api/session/password': { password: 'wrong', newPassword: 'wrong again' },
      'GET /api/photos/:stream/:photo': `${grid}/${g.home.dwelling}`,
      'PUT /api/photos/:stream/:photo/:index/:hash': `${grid}/${g.home.dwelling}/0/${'a'.repeat(64)}`,
      'GET /api/photos/:stream/:photo/:index': `${grid}/${g.home.dwelling}/0`,
      'GET /api/places': null,
      'POST /api/places/add': {
        ...{
          act: id(),
          place: id(),
          parent: community,
          placeKind: 'grid',
          name: '样例',
          code: null,
        },
      },
      'POST /api/places/rename': {
        ...{ act: id(), place: otherGrid, name: '样例', code: '330111000000' },
        before: { name: '样例', code: null },
      },
      'POST /api/places/close': { act: id(), place: id() },
      'POST /api/places/assign': { act: id(), place: id(), parent: subdistrict },
      'POST /api/places/move': { act: id(), from: grid, to: otherGrid, buildings: [id()] },
      'POST /api/places/merge': { act: id(), from: id(), to: otherGrid },
      'POST /api/people/make': { act: id(), account: id(), login: `l${id().slice(-8)}`, ...given },
      'POST /api/people/change': { act: id(), account: id(), ...given, before: given },
      'POST /api/people/reset': { act: id(), account: id() },
      'POST /api/people/reset-factor': { act: id(), account: id() },
      'POST /api/people/close': { act: id(), account: id() },
      'POST /api/people/reopen': { act: id(), account: id(), ...given },
      'POST /api/people/hand-over': { act: id(), account: id(), to: id() },
    }
  }
  const routes = Object.keys(callers)

  it('is in this table, each one', () => {
    expect(Object.keys(bodies()).sort()).toEqual([...routes].sort())
  })

  /** Every place of a value in a body: [], ['cursors'], ['before', 'at'] … */
  const pathsOf = (value: unknown): string[][] => {
    if (typeof value !== 'object' || value === null) return [[]]
    const inner = Object.entries(value).flatMap(([key, one]) =>
      pathsOf(one).map((path) => [key, ...path]),
    )
    return [[], ...inner]
  }
  const put = (value: unknown, [key, ...rest]: readonly string[], odd: unknown): unknown => {
    if (key === undefined) return odd
    const copy: Record<string, unknown> = { ...(value as Record<string, unknown>) }
    copy[key] = put(copy[key], rest, odd)
    return Array.isArray(value) ? Object.values(copy) : copy
  }

  for (const route of routes) {
    it(`${route} answers whatever comes without a fault`, async () => {
      const [method = '', path = ''] = route.split(' ')
      const admin = await g.office.enter('admin')
      const odd = fc.tuple(fc.nat(), oddValue)
      await fc.assert(
        fc.asyncProperty(odd, async ([at, value]) => {
          const right = bodies()[route] ?? null
          const call = async (device: Device) => {
            const { pass } = device
            if (typeof right === 'string') {
              const text = typeof value === 'string' ? value : JSON.stringify(value)
              const parts = right.split('/')
              parts[at % parts.length] = encodeURIComponent(wellFormed(text))
              const base = path.slice(0, path.indexOf('/:'))
              const sent =
                method === 'PUT'
                  ? {
                      headers: { ...byPass(pass), 'content-type': 'application/octet-stream' },
                      body: text,
                    }
                  : { headers: byPass(pass) }
              return g.office.fetch(`${base}/${parts.join('/')}`, { method, ...sent })
            }
            if (right === null) {
              const query = encodeURIComponent(wellFormed(String(JSON.stringify(value))))
              // A sign-out would end the session that the next run needs.
              const headers = method === 'DELETE' ? {} : byPass(pass)
              return g.office.fetch(`${path}?device=${query}&${query}=1`, { method, headers })
            }
            const paths = pathsOf(right)
            return g.office.post(path, put(right, paths[at % paths.length] ?? [], value), pass)
          }
          for (const device of [admin, g.worker]) {
            const response = await call(device)
            await response.body?.cancel()
            expect(response.status, JSON.stringify(value)?.slice(0, 200)).toBeLessThan(500)
          }
          expect(faults()).toEqual([])
        }),
        runs(route.startsWith('POST') ? 40 : 15),
      )
    })
  }
})
