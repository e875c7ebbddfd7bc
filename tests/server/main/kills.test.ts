/**
 * The built server and its PostgreSQL killed in the middle of pushes, again and again, as a power cut would: what was
 * acknowledged is there, once, and batches are whole. `npm run test:long` kills a hundred times.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Receipt } from '#protocol/mutation.ts'
import type { PullLine } from '#protocol/pull.ts'
import { createWuseServer, demoPassword, type WuseServer } from '#tests/support/wuse-server.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const kills = Number(process.env.WUSE_KILLS ?? 12)
let server: WuseServer

beforeAll(async () => {
  spawnSync(process.execPath, [join(root, 'build.mjs'), '--quiet', '--if-changed'])
  server = await createWuseServer(120)
  await server.start()
}, 180_000)
afterAll(() => server.remove())

/** A device as far as a push needs one: it numbers its work and sends again what nobody answered. */
async function createDevice() {
  const device = uuidv7()
  const post = (path: string, body: object, cookie = '') =>
    fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) },
      body: JSON.stringify({ protocol: 2, device, ...body }),
      signal: AbortSignal.timeout(10_000),
    })
  const session = await post('/api/session', {
    login: 'worker1',
    password: demoPassword,
    deviceName: 'kills',
  })
  const cookie = (session.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const pulled = await (await post('/api/pull', { cursors: {} }, cookie)).text()
  const lines = pulled
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as PullLine)
  const home = lines
    .flatMap((line) =>
      line.type === 'page'
        ? line.records.map((record) => ({ ...record, stream: line.stream }))
        : [],
    )
    .find(({ kind }) => kind === 'household')
  if (!home) throw new Error('no household was pulled')
  let seq = 0
  const make = (count: number) => {
    const batch = count > 1 ? uuidv7() : null
    return Array.from({ length: count }, () => ({
      id: uuidv7(),
      device,
      seq: (seq += 1),
      at: new Date().toISOString(),
      batch,
      ...(batch ? { batchSize: count } : {}),
      stream: home.stream,
      kind: 'visit',
      record: uuidv7(),
      op: 'create',
      fields: {
        household: home.id,
        channel: 'door',
        outcome: 'met',
        unchanged: true,
        at: new Date().toISOString(),
      },
      seen: 0,
    }))
  }
  const push = async (mutations: readonly object[]) => {
    const sentAt = new Date().toISOString()
    const answer = await post('/api/push', { sentAt, mutations }, cookie)
    if (!answer.ok) throw new Error(`push: ${answer.status}`)
    return (await answer.json()) as { readonly receipts: readonly Receipt[] }
  }
  return { device, make, push }
}

const ms = (from: number, to: number) => from + Math.random() * (to - from)

/** Straight from the database, whose address and password lie in the data folder. */
async function changesOf(device: string) {
  const lines = readFileSync(join(server.dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
  const password = readFileSync(join(server.dataDir, 'postgres-password'), 'utf8')
  const client = new pg.Client({
    connectionString: `postgres://wuse:${password}@127.0.0.1:${lines[3]}/wuse`,
  })
  await client.connect()
  const { rows } = await client.query<{ id: string; batch: string | null; seq: string }>(
    `select change.id, change.batch, change.seq from change
      join record on record.stream = change.stream and record.id = change.record
      where change.device = $1 order by change.seq`,
    [device],
  )
  await client.end()
  return rows
}

/** One that pushes without pause: what nobody answered is sent again. */
async function createWorker() {
  const { device, make, push } = await createDevice()
  const acknowledged = new Set<string>()
  let waiting: ReturnType<typeof make> = []
  const work = async (isOver: () => boolean) => {
    while (!isOver()) {
      if (waiting.length === 0) waiting = [...make(1), ...make(3), ...make(1)]
      const sent = waiting
      try {
        const { receipts } = await push(sent)
        for (const receipt of receipts) if (receipt.ok) acknowledged.add(receipt.id)
        const answered = new Set(receipts.map(({ id }) => id))
        waiting = sent.filter(({ id }) => !answered.has(id))
      } catch {
        // Nobody answered: the same is sent again.
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    }
  }
  /** Sends what still waits. */
  const finish = async () => {
    let last = 0
    await work(() => waiting.length === 0 && last++ > 0)
  }
  return { device, acknowledged, work, finish }
}

/** Several in one grid: what waits for its lock is taken together. */
const workersAtOnce = 5

it('what was acknowledged is there once, whatever was killed in between', async () => {
  const workers = await Promise.all(Array.from({ length: workersAtOnce }, createWorker))
  for (let kill = 0; kill < kills; kill += 1) {
    let over = false
    const working = Promise.all(workers.map(({ work }) => work(() => over)))
    await new Promise((resolve) => setTimeout(resolve, ms(5, 150)))
    if (kill % 4 === 3) {
      // PostgreSQL alone: the server starts it again and goes on.
      const file = join(server.dataDir, 'postgres', 'postmaster.pid')
      process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), 'SIGKILL')
      await expect
        .poll(async () => (await fetch(`${server.url}/healthz`)).status, { timeout: 30_000 })
        .toBe(200)
    } else {
      await server.kill()
      await server.start()
    }
    for (const { acknowledged } of workers) {
      const before = acknowledged.size
      await expect.poll(() => acknowledged.size, { timeout: 30_000 }).toBeGreaterThan(before)
    }
    over = true
    await working
  }
  for (const { device, acknowledged, finish } of workers) {
    await finish()
    const rows = await changesOf(device)
    const there = rows.map(({ id }) => id)
    expect(new Set(there).size).toBe(there.length)
    expect([...acknowledged].filter((id) => !there.includes(id))).toEqual([])
    expect(rows.map(({ seq }) => Number(seq))).toEqual(rows.map((_, index) => index + 1))
    const sizes = new Map<string, number>()
    for (const { batch } of rows) if (batch) sizes.set(batch, (sizes.get(batch) ?? 0) + 1)
    expect([...sizes.values()].every((size) => size === 3)).toBe(true)
    expect(acknowledged.size).toBeGreaterThan(kills)
  }
}, 1_800_000)
