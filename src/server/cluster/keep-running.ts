import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { runAs } from './binaries.ts'
import { endLeftover, stopByControl } from './leftover.ts'
import { role, type Home } from './make-database.ts'
import { rotateLog } from './rotate-log.ts'
import { StartTrouble } from './trouble.ts'

export interface RunningPostgres {
  readonly port: number
  /** Process number of the one that runs now, 0 while none does. */
  readonly pid: number
  stop(): Promise<void>
}

export interface RunOptions {
  readonly password: string
  /** More settings, `name=value`. */
  readonly settings: readonly string[]
  /** Told whenever PostgreSQL ended by itself. */
  readonly onEnd: () => void
}

/** A recovery after a power cut may replay a day's log. */
const startPatienceMs = 120_000
const stopPatienceMs = 30_000
/** After so long it counts as running well, and the next end is the first one again. */
const calmMs = 60_000
const longestPauseMs = 30_000
const largestLog = 5_000_000
const lookAtLogMs = 600_000

/**
 * Nothing of a statement may come into the log: what fails may name people. Small buffers, since this runs on an
 * office's own machine beside everything else; whoever has more sets DATABASE_URL.
 */
const ownSettings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'log_min_error_statement=panic',
  'log_error_verbosity=terse',
  'log_parameter_max_length_on_error=0',
  'shared_buffers=128MB',
  'max_connections=60',
  'timezone=UTC',
]

/** Starts PostgreSQL and starts it again whenever it ends by itself, after ever longer pauses, until it is stopped. */
export async function keepRunning(home: Home, options: RunOptions): Promise<RunningPostgres> {
  const first = await startFirst(home, options)
  const { port } = first
  let { child } = first
  let isStopping = false
  let ends = 0
  let pause: NodeJS.Timeout | undefined
  const watch = () => {
    const calm = setTimeout(() => (ends = 0), calmMs).unref()
    child.once('exit', () => {
      clearTimeout(calm)
      if (isStopping) return
      options.onEnd()
      pause = setTimeout(() => void again(), ends === 0 ? 0 : pauseAfter(ends))
      ends += 1
    })
  }
  const again = async () => {
    // Its file may be left with a number that somebody has by now.
    await endLeftover(home).catch(() => undefined)
    if (isStopping) return
    child = start(home, options, port)
    watch()
  }
  // Wuse that ends without stopping in order takes PostgreSQL along: it recovers, and nothing keeps running alone.
  const onExit = () => child.kill('SIGQUIT')
  process.once('exit', onExit)
  watch()
  const rotating = setInterval(() => rotateLog(logOf(home), largestLog), lookAtLogMs).unref()
  return {
    port,
    get pid() {
      return hasEnded(child) ? 0 : (child.pid ?? 0)
    },
    async stop() {
      isStopping = true
      clearTimeout(pause)
      clearInterval(rotating)
      await stopChild(home, child)
      process.off('exit', onExit)
    },
  }
}

/** Half a second, one, two … at most thirty. */
export function pauseAfter(ends: number): number {
  return Math.min(250 * 2 ** ends, longestPauseMs)
}

/** Several tries: a port may be taken in between, and children of one that was killed may hold on for a moment. */
async function startFirst(
  home: Home,
  options: RunOptions,
): Promise<{ child: ChildProcess; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort()
    const child = start(home, options, port)
    try {
      await untilReady(child, urlOf(options.password, port, 'postgres'), home)
      return { child, port }
    } catch (error) {
      const mayDoLater = hasEnded(child) && attempt < 4
      await stopChild(home, child)
      if (!mayDoLater) throw error
      await new Promise((resolve) => setTimeout(resolve, pauseAfter(attempt)))
    }
  }
}

/** `postgres://…` of one of its databases. */
export function urlOf(password: string, port: number, database: string): string {
  return `postgres://${role}:${password}@127.0.0.1:${port}/${database}`
}

function start(home: Home, options: RunOptions, port: number): ChildProcess {
  const all = [...ownSettings, `port=${port}`, ...options.settings]
  const log = openLog(logOf(home))
  const child = spawn(
    home.binaries.path('postgres'),
    ['-D', home.folder, ...all.flatMap((setting) => ['-c', setting])],
    // A group of its own: Ctrl-C is for Wuse, which then stops PostgreSQL in order.
    { ...runAs(home.owner), detached: true, stdio: ['ignore', log, log] },
  )
  closeSync(log)
  // Where it cannot even be started there is no exit to wait for: it is told as one.
  child.once('error', () => child.pid === undefined && child.emit('exit', 1, null))
  return child
}

async function stopChild(home: Home, child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  if (process.platform === 'win32') await stopByControl(home)
  else child.kill('SIGINT') // fast: sessions end, everything is written
  const late = setTimeout(() => child.kill('SIGQUIT'), stopPatienceMs)
  await ended
  clearTimeout(late)
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null
}

async function untilReady(child: ChildProcess, url: string, home: Home): Promise<void> {
  const everyMs = 40
  for (let waited = 0; waited < startPatienceMs; waited += everyMs) {
    if (hasEnded(child)) {
      throw new StartTrouble(`PostgreSQL ended while it started (${lastWords(home)}).`)
    }
    if (await answers(url)) return
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
  throw new StartTrouble(`PostgreSQL did not get ready in time (${lastWords(home)}).`)
}

/** Throws where it answers and does not know the password: no waiting makes that better. */
async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.end()
    return true
  } catch (error) {
    if ((error as { code?: unknown }).code !== '28P01') return false
    throw new StartTrouble(
      'The file postgres-password in the data folder is not the password of its database. ' +
        'Bring the right one back, or remove it: the next start then makes a new one.',
    )
  }
}

function logOf(home: Home): string {
  return join(home.dataFolder, 'postgres.log')
}

function openLog(log: string): number {
  rotateLog(log, largestLog)
  return openSync(log, 'a', 0o600)
}

/** What PostgreSQL itself says of its end, and where more stands. */
function lastWords(home: Home): string {
  const log = logOf(home)
  const fatal = readFileSync(log, 'utf8')
    .split('\n')
    .findLast((line) => /(?:FATAL|PANIC|ERROR):/.test(line))
  const words = fatal?.replace(/^.*?(?=FATAL|PANIC|ERROR)/, '')
  return words ? `${words}; more in ${log}` : `${log} says why`
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
