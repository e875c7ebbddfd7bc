/** The built server as a process of its own, as people run it: started, stopped and killed for real. */
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const main = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url))

export const demoPassword = 'sample-password-1'

/** Names the folder of demos that a run fills once each and then copies; how they are filled has tests of its own. */
export const keptDemos = 'WUSE_KEPT_DEMOS'

export interface WuseServer {
  readonly url: string
  readonly dataDir: string
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

/** A server on a free port with a demo of so many residents, which it is given so many seconds to fill. */
export async function createWuseServer(
  residents: number,
  patience = 60,
  settings: Readonly<Record<string, string>> = {},
): Promise<WuseServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'wuse-data-'))
  // As an ordinary folder: PostgreSQL's own account has to enter it where tests run as root.
  await chmod(dataDir, 0o755)
  const port = await freePort()
  const url = `http://localhost:${port}`
  let child: ChildProcess | null = null
  let isNew = true
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
  const run = async (from: string) => {
    said = []
    const started = spawn(process.execPath, ['--enable-source-maps', from], {
      env: {
        PATH: process.env.PATH,
        PORT: String(port),
        HOST: 'localhost',
        DATA_DIR: dataDir,
        DEMO_PASSWORD: demoPassword,
        DEMO_RESIDENTS: String(residents),
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
  return {
    url,
    dataDir,
    said: () => said.join(''),
    async start(from = main) {
      // An office without a demo begins empty, and what it makes is no demo for others.
      const kept = isNew && settings['DEMO'] !== 'off' ? keptDemo(residents) : null
      isNew = false
      if (kept && !existsSync(kept)) {
        await run(from)
        await end('SIGTERM')
        // Two files may fill the same one at once; the first is kept.
        const part = await mkdtemp(`${kept}-part-`)
        await copyFolder(dataDir, part)
        await rename(part, kept).catch(() => rm(part, { recursive: true, force: true }))
      } else if (kept) await copyFolder(kept, dataDir)
      await run(from)
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    async remove() {
      await end('SIGTERM')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Sizes of demos that several tests begin with; keeping one costs a stop and a start. */
const asked = [300, 1_150, 1_400]

/** Where a run keeps a demo of that size; null where it is filled anew. */
function keptDemo(residents: number): string | null {
  const folder = process.env[keptDemos]
  return folder === undefined || !asked.includes(residents) ? null : join(folder, String(residents))
}

/** With owners and rights, since PostgreSQL asks for them. */
async function copyFolder(from: string, to: string): Promise<void> {
  if (process.platform === 'win32') return cp(from, to, { recursive: true })
  await mkdir(to, { recursive: true })
  await promisify(execFile)('cp', ['-pR', `${from}/.`, to])
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
