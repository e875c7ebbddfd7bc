/** What every route has in common: refusals as data, a log that knows nobody, health, numbers and pokes. */
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '#server/db/schema.ts'
import { revokeDevice } from '#server/db/devices.ts'
import { createServer } from '#server/server.ts'
import { openOffice, problemOf, type Device, type Office } from './office.ts'
import { resident, settle, visit, type Home } from './sample.ts'

let office: Office
let worker: Device
let grid: string
let home: Home

beforeAll(async () => {
  office = await openOffice()
  grid = office.places.grid
  worker = await office.enter('worker')
  home = await settle(await office.enter('staff'), worker, grid, office.ids)
})
afterAll(() => office.close())

describe('an address that is not there', () => {
  it.each(['/api/nowhere', '/api/push/more', '/api', '/elsewhere'])(
    'is said so: %s',
    async (path) => {
      const response = await office.fetch(path)
      expect(response.status).toBe(404)
      expect(await response.json()).toEqual({ ok: false, problem: 'not-found' })
    },
  )

  it('is one with another method as well', async () => {
    const response = await office.fetch('/api/push')
    expect([response.status, await problemOf(response)]).toEqual([404, 'not-found'])
  })
})

describe('health', () => {
  it('is well while the database answers', async () => {
    const response = await office.fetch('/healthz')
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ ok: true, reads: true, writes: true })
  })

  it('is not where it does not, and requests say so', async () => {
    const pool = new pg.Pool({ connectionString: 'postgres://nobody@127.0.0.1:9/none' })
    const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
    const { clock, ids } = office
    const lines: unknown[] = []
    const lost = createServer({
      db,
      clock,
      ids,
      randomBytes: (count) => new Uint8Array(count),
      log: { write: (event, fields) => void lines.push({ event, ...fields }) },
      staticDir: null,
      secureCookies: false,
    })
    const health = await lost.fetch(new Request('http://office.test/healthz'))
    expect([health.status, await health.json()]).toEqual([
      503,
      { ok: false, reads: false, writes: false, problem: 'database-unreachable' },
    ])
    const request = new Request('http://office.test/api/session', {
      headers: { authorization: `Bearer ${'x'.repeat(43)}` },
    })
    const response = await lost.fetch(request)
    expect(response.status).toBe(503)
    expect(await response.json()).toEqual({ ok: false, problem: 'database-unreachable' })
    expect(lines).toMatchObject([{ event: 'fault' }, { event: 'request', status: 503 }])
    await lost.stop()
    await db.destroy()
  })
})

describe('a fault', () => {
  it('says nothing of itself to whoever asked, and its place to the log', async () => {
    const { clock, ids, db } = office
    const lines: unknown[] = []
    const broken = createServer({
      db,
      clock,
      ids,
      randomBytes: () => {
        throw new TypeError('样例甲 10000000001')
      },
      log: { write: (event, fields) => void lines.push({ event, ...fields }) },
      staticDir: null,
      secureCookies: false,
    })
    const response = await broken.fetch(
      new Request('http://office.test/api/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          protocol: 1,
          login: 'worker',
          password: 'correct horse battery',
          device: ids(),
          deviceName: 'x',
        }),
      }),
    )
    expect(response.status).toBe(500)
    expect(await response.json()).toEqual({ ok: false, problem: 'server-fault' })
    expect(lines[0]).toMatchObject({ event: 'fault', problem: 'server-fault' })
    expect(JSON.stringify(lines)).toMatch(/TypeError at .*routes\.test\.ts:\d+/)
    expect(JSON.stringify(lines)).not.toMatch(/样例甲|10000000001/)
    await broken.stop()
  })
})

describe('log and numbers', () => {
  it('know routes and outcomes, and no person, number, address or record', async () => {
    const secret = '样例某某'
    await worker.pushed([
      worker.create(
        grid,
        'resident',
        office.ids(),
        resident(home.household, { name: secret, phones: ['10000000009'] }),
      ),
      worker.create(grid, 'resident', office.ids(), resident(home.household, { birth: secret })),
      worker.create(grid, 'resident', home.resident, resident(home.household)),
    ])
    await worker.pull()
    await office.fetch(`/api/history/${grid}/${home.resident}?name=${encodeURIComponent(secret)}`)
    await office.fetch(`/api/nowhere/${home.resident}`, { headers: worker.headers })
    await office.post('/api/session', { protocol: 1, login: 'worker', password: secret })
    const logged = JSON.stringify(office.log)
    expect(office.log).toContainEqual({
      event: 'request',
      fields: { method: 'POST', route: '/api/push', status: 200, ms: 0 },
    })
    expect(office.log).toContainEqual({
      event: 'request',
      fields: { method: 'POST', route: '/api/session', status: 400, ms: 0, problem: 'malformed' },
    })
    const numbers = await (await office.fetch('/metrics')).text()
    const everything = logged + numbers
    for (const word of [secret, '10000000009', home.resident, grid, worker.id, worker.account]) {
      expect(everything).not.toContain(word)
    }
    expect(everything).not.toMatch(/样例|wuse-[0-9a-f-]*=|argon/)
    expect(numbers).toContain('# TYPE wuse_requests_total counter')
    expect(numbers).toMatch(
      /wuse_requests_total\{method="POST",route="\/api\/push",status="200"\} \d+/,
    )
    expect(numbers).toMatch(/wuse_mutations_total\{outcome="refused"\} 2\n/)
    expect(numbers).toMatch(/wuse_pull_bytes_total [1-9]\d*\n/)
    expect(numbers).toMatch(/wuse_event_listeners 0\n/)
  })

  it('are for the machine itself', async () => {
    const from = (headers: HeadersInit, address?: string) =>
      office.server.fetch(
        new Request('http://office.test/metrics', { headers }),
        address ? { incoming: { socket: { remoteAddress: address, remotePort: 1 } } } : undefined,
      )
    expect((await from({}, '127.0.0.1')).status).toBe(200)
    expect((await from({}, '::1')).status).toBe(200)
    expect((await from({}, '10.1.2.3')).status).toBe(404)
    expect((await from({ 'x-forwarded-for': '10.1.2.3' }, '127.0.0.1')).status).toBe(404)
  })
})

describe('pokes', () => {
  const listen = async (device: Device) => {
    const response = await office.fetch('/api/events', { headers: device.headers })
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    const reader = response.body!.getReader()
    const decoder = new TextDecoder()
    let text = ''
    const next = async (): Promise<{ event: string; data: string } | null> => {
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end >= 0) {
          const lines = text.slice(0, end).split('\n')
          text = text.slice(end + 2)
          const of = (name: string) =>
            lines
              .find((line) => line.startsWith(`${name}:`))
              ?.slice(name.length + 1)
              .trim() ?? ''
          return { event: of('event'), data: of('data') }
        }
        const { done, value } = await reader.read()
        if (done) return null
        text += decoder.decode(value, { stream: true })
      }
    }
    expect((await next())?.event).toBe('ready')
    return { next, close: () => reader.cancel() }
  }
  const call = () =>
    worker.pushed([
      worker.create(grid, 'visit', office.ids(), visit(home.household, '2026-11-23T06:00:00.000Z')),
    ])

  it('name the streams that moved, to those who see them', async () => {
    const colleague = await listen(await office.enter('colleague'))
    const stranger = await listen(await office.enter('stranger'))
    await call()
    expect(await colleague.next()).toEqual({ event: 'poke', data: JSON.stringify([grid]) })
    const far = await office.enter('stranger')
    await far.pushed([
      far.create(office.places.farGrid, 'dwelling', office.ids(), { building: office.ids() }),
    ])
    const { farGrid } = office.places
    const staff = await office.enter('admin')
    await staff.pushed([
      staff.create(farGrid, 'building', office.ids(), {
        estate: '远苑',
        name: '1幢',
        storeys: 2,
        units: 1,
      }),
    ])
    expect(await stranger.next()).toEqual({ event: 'poke', data: JSON.stringify([farGrid]) })
    await Promise.all([colleague.close(), stranger.close()])
  })

  it('are counted, and forgotten when the device goes', async () => {
    const one = await listen(await office.enter('colleague'))
    const numbers = async () => (await office.fetch('/metrics')).text()
    expect(await numbers()).toContain('wuse_event_listeners 1\n')
    await one.close()
    await call()
    await expect.poll(numbers).toContain('wuse_event_listeners 0\n')
  })

  it('end with the session', async () => {
    const device = await office.enter('colleague')
    const { next } = await listen(device)
    await office.fetch('/api/session', { method: 'DELETE', headers: device.headers })
    // Called once more, to ask and hear why.
    expect(await next()).toEqual({ event: 'poke', data: '[]' })
    expect(await next()).toBeNull()
  })

  it('are not for a revoked device, not even the one under way', async () => {
    const device = await office.enter('colleague')
    const { next } = await listen(device)
    await revokeDevice(office.db, device.id, new Date(office.clock.now()))
    await call()
    expect(await next()).toEqual({ event: 'poke', data: '[]' })
    expect(await next()).toBeNull()
  })

  it('are not for strangers', async () => {
    const response = await office.fetch('/api/events')
    expect([response.status, await problemOf(response)]).toEqual([401, 'not-signed-in'])
  })

  it('end when the server stops', async () => {
    const { next } = await listen(await office.enter('colleague'))
    await office.server.stop()
    expect(await next()).toBeNull()
  })
})
