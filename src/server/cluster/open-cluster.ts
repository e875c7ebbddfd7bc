import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { readyBinaries, runAs } from './binaries.ts'
import { prepareDataFolder, preparePostgresFolder } from './folder.ts'
import { lockFolder } from './lock.ts'
import { findOwner, type Owner } from './owner.ts'
import { commandOf, isAlive, until } from './processes.ts'
import { codeOf, StartTrouble } from './trouble.ts'

export interface Cluster {
  /** `postgres://…` of the database `wuse`. */
  readonly url: string
  /** Process number of the PostgreSQL that runs now. */
  readonly pid: number
  /** Stops PostgreSQL cleanly and lets go of the folder. */
  stop(): Promise<void>
}

export interface ClusterOptions {
  readonly dataDir: string
  /** More settings, `name=value`; tests take durability away where nothing is to last. */
  readonly settings?: readonly string[]
  /** Told when PostgreSQL ended by itself and was started again. */
  readonly onRestart?: () => void
}

/** A recovery after a power cut may replay a day's log. */
const startPatienceMs = 120_000
const stopPatienceMs = 30_000
const mostRestarts = 5

/**
 * Nothing of a statement may come into the log: what fails may name people. Small buffers, since this runs on an
 * office's own machine beside everything else; whoever has more sets DATABASE_URL.
 */
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'log_min_error_statement=panic',
  'log_error_verbosity=terse',
  'log_parameter_max_length_on_error=0',
  'shared_buffers=128MB',
  'max_connections=60',
  'timezone=UTC',
]

/** Starts the PostgreSQL of a data folder, making it first where there is none. */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const dataFolder = prepareDataFolder(options.dataDir)
  const unlock = lockFolder(dataFolder)
  try {
    const owner = findOwner()
    const native = readyBinaries(owner)
    const folder = preparePostgresFolder(dataFolder, owner)
    const password = readPassword(dataFolder)
    await initialise(native, owner, folder, dataFolder, password)
    await endLeftover(folder)
    return await run({ native, owner, folder, dataFolder, password, options, unlock })
  } catch (error) {
    unlock()
    throw error
  }
}

function readPassword(dataFolder: string): string {
  const file = join(dataFolder, 'postgres-password')
  if (existsSync(file)) return readFileSync(file, 'utf8')
  const password = randomBytes(24).toString('base64url')
  writeFileSync(file, password, { mode: 0o600 })
  return password
}

async function initialise(
  native: string,
  owner: Owner | null,
  folder: string,
  dataFolder: string,
  password: string,
): Promise<void> {
  // PG_VERSION is written before initdb is done; the control file of a whole cluster lies beside a filled global/.
  const isWhole = existsSync(join(dataFolder, 'postgres-made'))
  if (isWhole && existsSync(join(folder, 'PG_VERSION'))) return
  if (existsSync(join(folder, 'PG_VERSION'))) {
    // An initdb that was interrupted: nothing was ever stored in it.
    for (const name of await namesIn(folder)) rmSync(join(folder, name), { recursive: true })
  }
  const passwordFile = join(folder, '..', `.initdb-${process.pid}`)
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (owner) chownSync(passwordFile, owner.uid, owner.gid)
  try {
    await promisify(execFile)(
      join(native, 'bin', 'initdb'),
      [
        ['-D', folder],
        ['-U', 'wuse'],
        [`--pwfile=${passwordFile}`],
        ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--data-checksums'],
      ].flat(),
      runAs(owner),
    )
  } catch (error) {
    const { stderr } = error as { stderr?: unknown }
    const said = typeof stderr === 'string' ? stderr.trim().split('\n').at(-1) : undefined
    throw new StartTrouble(
      `The database folder ${folder} could not be made (${said ?? codeOf(error)}). ` +
        `Check that the disk has room and the folder may be written.`,
    )
  } finally {
    rmSync(passwordFile, { force: true })
  }
  writeFileSync(join(dataFolder, 'postgres-made'), '')
}

async function namesIn(folder: string): Promise<string[]> {
  const { readdir } = await import('node:fs/promises')
  return readdir(folder)
}

/**
 * A PostgreSQL that outlived its Wuse is stopped cleanly; a file left by one that died, or whose number another
 * process has now, is removed. Never two on one folder: the folder's lock is ours, so nobody else can start one.
 */
async function endLeftover(folder: string): Promise<void> {
  const file = join(folder, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  const command = pid > 0 && isAlive(pid) ? commandOf(pid) : null
  const isOurs = command !== null && command.includes('postgres') && command.includes(folder)
  if (isOurs || (pid > 0 && isAlive(pid) && process.platform !== 'linux')) {
    process.kill(pid, 'SIGINT')
    const ended = await until(() => !isAlive(pid), stopPatienceMs)
    if (!ended) {
      throw new StartTrouble(
        `A PostgreSQL (process ${pid}) still runs on ${folder} and does not stop. End it and start again.`,
      )
    }
  }
  rmSync(file, { force: true })
}

interface Running {
  readonly native: string
  readonly owner: Owner | null
  readonly folder: string
  readonly dataFolder: string
  readonly password: string
  readonly options: ClusterOptions
  readonly unlock: () => void
}

async function run(running: Running): Promise<Cluster> {
  const port = await freePort()
  let child = start(running, port)
  let stopping = false
  let restarts = 0
  const watch = () => {
    child.once('exit', () => {
      if (stopping || restarts >= mostRestarts) return
      restarts += 1
      child = start(running, port)
      watch()
      running.options.onRestart?.()
    })
  }
  const base = `postgres://wuse:${running.password}@127.0.0.1:${port}`
  try {
    await ready(`${base}/postgres`, child, running.dataFolder)
    await createDatabase(`${base}/postgres`)
  } catch (error) {
    child.kill('SIGQUIT')
    throw error
  }
  watch()
  return {
    url: `${base}/wuse`,
    get pid() {
      return child.pid ?? 0
    },
    async stop() {
      stopping = true
      if (child.exitCode === null && child.signalCode === null) {
        const ended = new Promise((resolve) => child.once('exit', resolve))
        child.kill('SIGINT') // fast shutdown: sessions end, everything is written
        const late = setTimeout(() => child.kill('SIGQUIT'), stopPatienceMs)
        await ended
        clearTimeout(late)
      }
      running.unlock()
    },
  }
}

function start(running: Running, port: number): ChildProcess {
  const { native, owner, folder, dataFolder, options } = running
  const all = [...settings, `port=${port}`, ...(options.settings ?? [])]
  const log = openSync(join(dataFolder, 'postgres.log'), 'a', 0o600)
  const child = spawn(
    join(native, 'bin', 'postgres'),
    ['-D', folder, ...all.flatMap((setting) => ['-c', setting])],
    // A group of its own: Ctrl-C is for Wuse, which then stops PostgreSQL in order.
    { ...runAs(owner), detached: true, stdio: ['ignore', log, log] },
  )
  closeSync(log)
  child.once('error', () => undefined) // the exit that follows is what counts
  return child
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0))
    })
  })
}

async function ready(url: string, child: ChildProcess, dataFolder: string): Promise<void> {
  const everyMs = 40
  for (let waited = 0; waited < startPatienceMs; waited += everyMs) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new StartTrouble(
        `PostgreSQL ended while it started. ${join(dataFolder, 'postgres.log')} says why.`,
      )
    }
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.end()
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, everyMs))
    }
  }
  throw new StartTrouble(
    `PostgreSQL did not get ready in time. ${join(dataFolder, 'postgres.log')} says why.`,
  )
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query(`select 1 from pg_database where datname = 'wuse'`)
    if (!rowCount) await client.query('create database wuse')
  } finally {
    await client.end()
  }
}
