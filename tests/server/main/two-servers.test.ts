/** Two built servers on one database, as behind a balancer: both first starts at once, a poke across, one killed. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { protocolVersion } from '#protocol/version.ts'
import { createEmptyDatabase, type TestDatabase } from '#tests/support/database.ts'
import { createWuseServer, demoPassword, type WuseServer } from '#tests/support/wuse-server.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const patience = { timeout: 80_000, interval: 100 }

let database: TestDatabase
const servers: WuseServer[] = []

beforeAll(async () => {
  spawnSync(process.execPath, [join(root, 'build.mjs'), '--quiet', '--if-changed'])
  database = await createEmptyDatabase()
}, 120_000)
afterAll(async () => {
  for (const server of servers) await server.remove()
  await database.drop()
})

async function serverWith(settings: Readonly<Record<string, string>> = {}): Promise<WuseServer> {
  const server = await createWuseServer(120, 90, { DATABASE_URL: database.url, ...settings })
  servers.push(server)
  return server
}

/** A device of an account, as far as hearing and ending it need one. */
async function enter(server: WuseServer, login: string) {
  const device = uuidv7()
  const response = await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ...{ protocol: protocolVersion, login, password: demoPassword },
      ...{ device, deviceName: 'two servers' },
    }),
  })
  expect(response.status).toBe(200)
  const { token } = (await response.json()) as { token: string }
  const given = await fetch(`${server.url}/api/session/pass`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ protocol: protocolVersion }),
  })
  const { pass } = (await given.json()) as { pass: string }
  return { device, headers: { authorization: `Bearer ${pass}` } }
}

async function holder(): Promise<string | undefined> {
  const row = await database.db
    .selectFrom('lease')
    .select('holder')
    .where('name', '=', 'background')
    .executeTakeFirst()
  return row?.holder
}

describe('two servers', () => {
  it('start at once on an empty database, and one of them fills it', async () => {
    const pair = await Promise.all([serverWith(), serverWith()])
    await Promise.all(pair.map((server) => server.start()))
    const filled = pair.filter((server) => server.said().includes('Demo accounts'))
    expect(filled).toHaveLength(1)
    const { places } = await database.db
      .selectFrom('place')
      .select(({ fn }) => fn.countAll<number>().as('places'))
      .executeTakeFirstOrThrow()
    expect(places).toBeGreaterThan(57)
  })

  it('a session made at one works at the other, and ends there when the first is told so', async () => {
    const [one, other] = servers
    if (!one || !other) throw new Error('no servers')
    const worker = await enter(one, 'worker1')
    const events = await fetch(`${other.url}/api/events`, { headers: worker.headers })
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader?.read())?.value).toContain('event: ready')
    const ended = await fetch(`${one.url}/api/session?device=${worker.device}`, {
      method: 'DELETE',
      headers: { ...worker.headers, 'sec-fetch-site': 'same-origin' },
    })
    expect(ended.status).toBe(200)
    // Long before the next heartbeat, which would end it too.
    const said = await Promise.race([
      reader?.read().then(({ value }) => value),
      new Promise((resolve) => setTimeout(() => resolve('nothing for 15 s'), 15_000)),
    ])
    expect(said).toContain('event: poke\ndata: []')
    await reader?.cancel().catch(() => undefined)
  })

  it('what runs by itself goes over to the other where its server is killed', async () => {
    await vi.waitFor(async () => expect(await holder()).toBeDefined(), patience)
    const [one, other] = servers
    if (!one || !other) throw new Error('no servers')
    // Whichever of them has it: the one that does not is stopped first, and the one that does is killed.
    await one.stop()
    await vi.waitFor(async () => expect(await holder()).toBeDefined(), patience)
    const second = await holder()
    await one.start()
    await other.kill()
    await vi.waitFor(async () => {
      const now = await holder()
      expect(now).toBeDefined()
      expect(now).not.toBe(second)
    }, patience)
  })
})
