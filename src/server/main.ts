/** `npm start`: database, demo where the database is empty, routes, a socket. */
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Kysely } from 'kysely'
import { StartTrouble } from './cluster/trouble.ts'
import { readConfig, type Config } from './config.ts'
import type { Database } from './db/schema.ts'
import { describeDemoAccounts, keepDemoAccounts, readDemoAccounts } from './demo-accounts.ts'
import { fillDemo, isEmpty } from './demo-fill.ts'
import { listen } from './listen.ts'
import { openOffice, type OpenOffice } from './office.ts'
import { createProgress } from './progress.ts'
import { createServer } from './server.ts'
import { createStopSignal } from './stop-signal.ts'
import { systemClock, systemIds, systemLog, systemRandomBytes } from './system.ts'

const staticDir = join(dirname(fileURLToPath(import.meta.url)), '..', 'app')

const unguarded =
  'The role of DATABASE_URL owns the tables and could undo the protection of the audit log. ' +
  'Set DATABASE_OWNER_URL to the owner and DATABASE_URL to a role that owns nothing.'

async function start(): Promise<void> {
  const config = readConfig(process.env)
  const stop = createStopSignal()
  const socket = await listen(config)
  let office: OpenOffice | null = null
  try {
    office = await openOffice(config, systemLog)
    await demo(office.owner, config, stop)
    stop.throwIfAborted()
    const server = createServer({
      db: office.db,
      clock: systemClock,
      ids: systemIds,
      randomBytes: systemRandomBytes,
      log: systemLog,
      staticDir,
      secureCookies: config.secureCookies,
      ground: config.ground,
      calendar: true,
    })
    socket.open(server.fetch)
    say(`Wuse is ready: ${socket.url}`)
    sayAccounts(config)
    if (!office.isGuarded) say(unguarded)
    systemLog.write('started')
    await aborted(stop)
    systemLog.write('stopping')
    await server.stop()
  } catch (error) {
    if (!stop.aborted) throw error
    say('Wuse was stopped while it started; the next start begins where it can.')
  } finally {
    await socket.close()
    await office?.close()
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

async function demo(db: Kysely<Database>, config: Config, signal: AbortSignal): Promise<void> {
  if (!config.demo || !(await isEmpty(db))) return
  const progress = createProgress('Filling the demo subdistrict')
  mkdirSync(config.dataDir, { recursive: true })
  await fillDemo(db, {
    now: systemClock.now(),
    ids: systemIds,
    randomBytes: systemRandomBytes,
    password: config.demoPassword,
    residents: config.demoResidents,
    signal,
    onProgress: (done, total) => progress.update(done, total),
    onLogins: (logins) => keepDemoAccounts(config.dataDir, logins),
  }).finally(() => progress.end())
}

function sayAccounts(config: Config): void {
  if (!config.demo) return
  const logins = readDemoAccounts(config.dataDir)
  if (logins) say(`Demo accounts:\n${describeDemoAccounts(logins)}`)
  else say('The demo accounts were printed when this database was filled.')
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

start().catch((error: unknown) => {
  if (error instanceof StartTrouble) process.stderr.write(`${error.message}\n`)
  else process.stderr.write(`Wuse did not start: ${String(error)}\n`)
  process.exit(1)
})
