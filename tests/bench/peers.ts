/** RxDB and PouchDB in the same browser, on the same records, by the same tasks. */
import { execFile, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build, type Rolldown } from 'vite'
import { changedField, type Costs, type Tasks } from './compare-wuse.ts'
import { createMeter, type Meter } from './meter.ts'
import { percentile } from './rows.ts'
import { createTablet, type Seat } from './tablet.ts'

export const peers = { rxdb: 'RxDB', pouchdb: 'PouchDB' } as const
export type Peer = keyof typeof peers

/** What each page of `peers/` offers. */
interface PeerPage {
  firstPull(): Promise<{ milliseconds: number; count: number }>
  edit(ids: readonly string[], field: string, value: string): Promise<void>
  push(): Promise<number>
  pull(ids: readonly string[], field: string, value: string): Promise<number>
  search(texts: readonly string[]): Promise<number[]>
}

declare global {
  interface Window {
    peer: PeerPage
  }
}

const folder = fileURLToPath(new URL('peers/', import.meta.url))

/** Their packages, which no other command needs; nothing is asked of the network where they are there already. */
export async function installPeers(): Promise<void> {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  await promisify(execFile)(npm, ['ci', '--ignore-scripts', '--prefer-offline'], {
    cwd: folder,
    shell: process.platform === 'win32',
    timeout: 300_000,
  })
}

/** `file`: the records as JSON, each `{ id, stream, kind, version, fields, … }`. `prefixes`: what is looked for. */
export async function measurePeer(
  peer: Peer,
  file: string,
  tasks: Tasks,
  prefixes: readonly string[],
): Promise<Costs & { readonly records: number }> {
  const server = await startServer(peer, file)
  const meter = await createMeter(server.url)
  const tablet = await createTablet()
  const seat = await tablet.open(1)
  try {
    return await measure(seat, meter, await bundle(peer), tasks, prefixes)
  } finally {
    await seat.close()
    await tablet.remove()
    await meter.close()
    await server.stop()
  }
}

async function measure(
  { page }: Seat,
  meter: Meter,
  code: string,
  tasks: Tasks,
  prefixes: readonly string[],
) {
  page.setDefaultTimeout(180_000)
  await page.goto(`${meter.url}/blank`)
  await page.evaluate(code)
  const metered = async (act: () => Promise<number>) => {
    meter.read()
    return { milliseconds: await act(), bytes: meter.read() }
  }
  const ask = async (path: string, body: object): Promise<unknown> => {
    const answer = await fetch(`${meter.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    return answer.json()
  }

  let records = 0
  const firstPull = await metered(async () => {
    const pulled = await page.evaluate(() => window.peer.firstPull())
    records = pulled.count
    return pulled.milliseconds
  })

  const pushed = { ids: idsOf(tasks.residents.slice(0, tasks.pushCount)), value: '样例厂' }
  const field = changedField
  await page.evaluate(({ ids, value, field: name }) => window.peer.edit(ids, name, value), {
    ...pushed,
    field,
  })
  const push = await metered(() => page.evaluate(() => window.peer.push()))
  const arrived = await ask('/count', { field, value: pushed.value })
  if (arrived !== tasks.pushCount) throw new Error(`only ${String(arrived)} arrived`)

  const pulled = { ids: idsOf(tasks.residents.slice(-tasks.pullCount)), value: '样例店', field }
  await ask('/change', pulled)
  const pull = await metered(() =>
    page.evaluate(({ ids, value, field: name }) => window.peer.pull(ids, name, value), pulled),
  )

  const times = await page.evaluate((texts) => window.peer.search(texts), prefixes)
  return { firstPull, push, pull, search: percentile(times, 0.95), records }
}

const idsOf = (records: Tasks['residents']) => records.map(({ id }) => id)

async function bundle(peer: Peer): Promise<string> {
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      lib: { entry: `${folder}${peer}-page.mjs`, formats: ['iife'], name: 'peerPage' },
    },
  })) as Rolldown.RolldownOutput[]
  const chunk = built[0]?.output[0]
  if (!chunk) throw new Error('nothing was built')
  return chunk.code
}

interface PeerServer {
  readonly url: string
  stop(): Promise<void>
}

function startServer(peer: Peer, file: string): Promise<PeerServer> {
  const child = spawn(process.execPath, [`${folder}server.mjs`, file, peer], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return new Promise((resolve, reject) => {
    void ended.then(() => reject(new Error('its server ended')))
    createInterface(child.stdout).once('line', (url) =>
      resolve({
        url,
        stop() {
          child.kill()
          return ended
        },
      }),
    )
  })
}
