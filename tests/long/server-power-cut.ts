/**
 * The power of the server's disk cut under load: what was acknowledged before the cut is there when the copy is started,
 * once, and the audit log holds. As a control the same with fsync off, which must lose something.
 */
import { readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Receipt } from '#protocol/mutation.ts'
import type { PullLine } from '#protocol/pull.ts'
import { createCutDisk, whyNoPowerCuts, type CutDisk } from '#tests/support/cut-disk.ts'
import { createWuseServer, demoPassword, type WuseServer } from '#tests/support/wuse-server.ts'

const cuts = Number(process.env['WUSE_POWER_CUTS'] ?? 30)
const controls = Math.max(3, Math.floor(cuts / 6))
const residents = 120

let disk: CutDisk
let server: WuseServer
let dataDir: string
let devices: Awaited<ReturnType<typeof createDevice>>[] | null = null

const why = whyNoPowerCuts()

beforeAll(async () => {
  if (why !== null) return
  disk = createCutDisk(900)
  dataDir = join(disk.folder, 'data')
  server = await createWuseServer(residents, 120, { DATA_DIR: dataDir })
})
afterAll(async () => {
  if (why !== null) return
  await server.remove()
  disk.remove()
})

async function connect(folder: string) {
  const lines = readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
  const password = readFileSync(join(folder, 'postgres-password'), 'utf8')
  const client = new pg.Client({
    connectionString: `postgres://wuse:${password}@127.0.0.1:${lines[3]}/wuse`,
  })
  await client.connect()
  return client
}

/** A device that pushes one visit after the other until it is stopped. */
async function createDevice() {
  const device = uuidv7()
  const post = (path: string, body: object, cookie = '') =>
    fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) },
      body: JSON.stringify({ protocol: 2, device, ...body }),
      signal: AbortSignal.timeout(180_000),
    })
  const session = await post('/api/session', {
    login: 'worker1',
    password: demoPassword,
    deviceName: 'power',
  })
  const cookie = (session.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const lines = (await (await post('/api/pull', { cursors: {} }, cookie)).text())
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
  if (!home) throw new Error(`no household was pulled; signing in said ${session.status}`)
  let seq = 0
  return async (acknowledged: Set<string>, isOver: () => boolean) => {
    while (!isOver()) {
      const at = new Date().toISOString()
      const visit = { household: home.id, channel: 'door', outcome: 'met', unchanged: true, at }
      const mutation = {
        ...{ id: uuidv7(), device, seq: (seq += 1), at, batch: null, stream: home.stream },
        ...{ kind: 'visit', record: uuidv7(), op: 'create', fields: visit, seen: 0 },
      }
      const answer = await post('/api/push', { sentAt: at, mutations: [mutation] }, cookie)
      const { receipts } = (await answer.json()) as { readonly receipts: readonly Receipt[] }
      for (const receipt of receipts) if (receipt.ok) acknowledged.add(receipt.id)
    }
  }
}

const rest = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** Pushes of four devices, the disk copied in the middle; how many of those acknowledged before are not in the copy. */
async function cutUnderLoad(number: number, isControl = false) {
  await server.start()
  const acknowledged = new Set<string>()
  let over = false
  // Signed in once: the server bears no hundred sign-ins of one account.
  devices ??= await Promise.all([0, 1, 2, 3].map(() => createDevice()))
  const working = devices.map((work) => work(acknowledged, () => over))
  // All four are at it; then the cut comes at some moment.
  while (acknowledged.size < 8) await rest(20)
  await rest(Math.random() * 1_500)
  const before = [...acknowledged]
  const copy = disk.cut()
  over = true
  await Promise.all(working)
  // Without its power the machine runs nothing: the copy would take the server that goes on for its own.
  await server.stop()
  const mounted = join(copy.mount(), 'data')
  // Without fsync the lock file is empty too, and PostgreSQL would not start: the control counts rows.
  const lockFile = join(mounted, 'postgres', 'postmaster.pid')
  if (isControl && statSync(lockFile).size === 0) rmSync(lockFile)
  const other = await createWuseServer(residents, 120, { DATA_DIR: mounted })
  try {
    await other.start()
    const client = await connect(mounted)
    const { rows } = await client.query<{ id: string }>(`select id from change`)
    const doubled = await client.query(
      `select id from change group by stream, id having count(*) > 1`,
    )
    await client.end()
    const there = new Set(rows.map(({ id }) => id))
    const lost = before.filter((id) => !there.has(id)).length
    console.log(`server cut ${number + 1}: ${before.length} acknowledged, ${lost} lost`)
    return { acknowledged: before.length, lost, doubled: doubled.rows.length, started: true }
  } catch (fault) {
    console.log(`server cut ${number + 1}: the copy did not start: ${String(fault).slice(0, 200)}`)
    return { acknowledged: before.length, lost: before.length, doubled: 0, started: false }
  } finally {
    await other.remove()
    copy.remove()
  }
}

if (why !== null) {
  it('cuts no power here, and says why', () => console.warn(`No power was cut: ${why}.`))
} else {
  it('what was acknowledged outlives a power cut of the server’s disk', async () => {
    let acknowledged = 0
    for (let number = 0; number < cuts; number += 1) {
      const found = await cutUnderLoad(number)
      acknowledged += found.acknowledged
      expect(found).toMatchObject({ lost: 0, doubled: 0, started: true })
    }
    console.log(`server: ${cuts} cuts, ${acknowledged} acknowledged, 0 lost`)
    expect(acknowledged).toBeGreaterThan(cuts)
  })

  it('control: with fsync off something is lost', async () => {
    await server.start()
    const client = await connect(dataDir)
    await client.query('alter system set fsync = off')
    await client.query('select pg_reload_conf()')
    await client.end()
    await server.stop()
    let acknowledged = 0
    let lost = 0
    for (let number = 0; number < controls; number += 1) {
      const found = await cutUnderLoad(number, true)
      acknowledged += found.acknowledged
      lost += found.lost
    }
    console.log(`control: ${controls} cuts, ${acknowledged} acknowledged, ${lost} lost`)
    expect(lost).toBeGreaterThan(0)
  })
}
