/** The built server as a process of its own, as people run it: started, stopped and killed for real. */
import { spawn, type ChildProcess } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { databaseUrlOf } from '#tests/bench/server-database.ts'
import {
  copyDatabase,
  demoDatabase,
  findSharedPostgres,
  nameOf,
  type DatabaseCopy,
  type SharedPostgres,
} from './shared-postgres.ts'
import { testClock } from './test-clock.ts'

const main = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url))

export const demoPassword = 'sample-password-1'

export interface WuseServer {
  readonly url: string
  readonly dataDir: string
  /** The owner's address of its database, while it runs. */
  databaseUrl(): string
  /** What the last start has printed so far. */
  said(): string
  /** `from`: what starts another version on the same data. */
  start(from?: string): Promise<void>
  /** As a service manager stops it. */
  stop(): Promise<void>
  /** As a power cut would, as far as a process can tell. */
  kill(): Promise<void>
  /** Stops it and removes its data. */
  remove(): Promise<void>
}

/**
 * A server on a free port with a demo of so many residents, which it is given so many seconds to fill. Where a run of
 * tests shares a PostgreSQL, its database is a copy in there; `cluster` says that it starts its own, as at home.
 */
export async function createWuseServer(
  residents: number,
  patience = 60,
  settings: Readonly<Record<string, string>> = {},
  cluster: 'shared' | 'own' = 'shared',
): Promise<WuseServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'wuse-data-'))
  // As an ordinary folder: PostgreSQL's own account has to enter it where tests run as root.
  await chmod(dataDir, 0o755)
  const port = await freePort()
  const url = `http://localhost:${port}`
  let child: ChildProcess | null = null
  const shared = cluster === 'shared' && !settings['DATABASE_URL'] ? findSharedPostgres() : null
  let database: DatabaseCopy | null = null
  let said: string[] = []
  const end = async (signal: NodeJS.Signals) => {
    if (!child) return
    const ending = child
    child = null
    // One that ended by itself says so no second time.
    if (ending.exitCode !== null || ending.signalCode !== null) return
    const ended = new Promise((resolve) => ending.once('exit', resolve))
    ending.kill(signal)
    await ended
  }
  const run = async (from: string, filled: DatabaseCopy | null) => {
    said = []
    const started = spawn(process.execPath, ['--enable-source-maps', from], {
      env: {
        PATH: process.env.PATH,
        PORT: String(port),
        HOST: 'localhost',
        DATA_DIR: dataDir,
        DEMO_PASSWORD: demoPassword,
        DEMO_RESIDENTS: String(residents),
        ...testClock.setting(),
        ...(filled && {
          DATABASE_URL: filled.applicationUrl,
          DATABASE_OWNER_URL: filled.ownerUrl,
        }),
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [started.stdout, started.stderr]) {
      stream.on('data', (text: Buffer) => said.push(text.toString()))
    }
    child = started
    for (let tries = 0; tries < patience * 10; tries += 1) {
      if (started.exitCode !== null) throw new Error(`the server ended: ${said.join('')}`)
      const answer = await fetch(`${url}/healthz`).catch(() => null)
      if (answer?.ok) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error(`the server did not get ready: ${said.join('')}`)
  }
  const copy = async (from: SharedPostgres) => {
    // An office without a demo begins empty, and what it makes is no demo for others.
    if (settings['DEMO'] === 'off') return copyDatabase(from, nameOf(from.url))
    const demo = await demoDatabase(from, residents, async (empty) => {
      await run(main, empty)
      await end('SIGTERM')
    })
    return copyDatabase(from, demo)
  }
  return {
    url,
    dataDir,
    said: () => said.join(''),
    databaseUrl: () => database?.ownerUrl ?? databaseUrlOf(dataDir),
    async start(from = main) {
      database ??= shared && (await copy(shared))
      await run(from, database)
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    async remove() {
      await end('SIGTERM')
      await database?.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0))
    })
  })
}
