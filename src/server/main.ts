/** `npm start`: database, demo where the database is empty, routes, a socket. */
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Kysely } from 'kysely'
import { StartTrouble } from './cluster/trouble.ts'
import { createFolderStore } from './db/chunk-folder.ts'
import { keepBackups } from './backups/schedule.ts'
import { readConfig, type Config } from './config.ts'
import { lastGoodPass } from './db/passes.ts'
import { oneAtATime } from './db/one-at-a-time.ts'
import type { Distribution } from './db/distribution.ts'
import type { Database } from './db/schema.ts'
import { describeDemoAccounts, keepDemoAccounts, readDemoAccounts } from './demo-accounts.ts'
import { hasNoAccount, isNew } from './db/accounts.ts'
import { fillDemo } from './demo-fill.ts'
import { createInstallation } from './installation.ts'
import { listen } from './listen.ts'
import { openOffice, type OpenOffice } from './office.ts'
import { alwaysOurs, createLease, neverOurs } from './keepers/background.ts'
import { createProgress } from './progress.ts'
import { createServer } from './server.ts'
import { createSharedLine } from './pokes/shared-line.ts'
import { makeSetupToken } from './routes/setup.ts'
import { createStopSignal } from './stop-signal.ts'
import { systemClock, systemIds, systemLog, systemRandomBytes } from './system.ts'

const staticDir = join(dirname(fileURLToPath(import.meta.url)), '..', 'app')
const askDir = join(dirname(fileURLToPath(import.meta.url)), '..', 'ask')

const unguarded =
  'The role of DATABASE_URL owns the tables and could undo the protection of the audit log. ' +
  'Set DATABASE_OWNER_URL to the owner and DATABASE_URL to a role that owns nothing.'

async function start(): Promise<void> {
  const config = readConfig(process.env)
  const stop = createStopSignal()
  const socket = await listen(config)
  const askPort = config.ask?.port ?? null
  const askSocket =
    askPort === null
      ? null
      : await listen({ ...config, port: askPort }).catch(async (error: unknown) => {
          await socket.close()
          throw error
        })
  let office: OpenOffice | null = null
  try {
    let postgresEnds = 0
    let onPostgresEnd = () => {
      postgresEnds += 1
    }
    office = await openOffice(config, systemLog, () => onPostgresEnd(), stop, sayDistribution)
    const { db, owner, isSpread } = office
    // Two servers may start at once on the same empty database.
    await oneAtATime(owner, stop, () => demo(owner, config, stop), sayWait)
    stop.throwIfAborted()
    // From here on nothing may ask as the owner: also backups and figures read as the application does.
    await office.closeOwner()
    const setupToken = (await isNew(office.db)) ? makeSetupToken(systemRandomBytes) : null
    const isCutShort = setupToken === null && (await hasNoAccount(office.db))
    const shared = config.databaseUrl ? share(db, office.url, config, isSpread) : null
    const server = createServer({
      db,
      clock: systemClock,
      ids: systemIds,
      randomBytes: systemRandomBytes,
      log: systemLog,
      staticDir,
      secureCookies: config.secureCookies,
      isDemo: config.demo,
      isSpread,
      deviceResidents: config.deviceResidents,
      trustedProxies: config.trustedProxies,
      metricsToken: config.metricsToken,
      hotline: config.hotline,
      notify: config.notify,
      ask: config.ask && {
        ...{ ...config.ask, dir: askDir },
        isBehindProxies: config.trustedProxies.length > 0,
      },
      ground: config.ground,
      ...(config.photoDir ? { chunks: createFolderStore(config.photoDir) } : {}),
      setupToken,
      background: shared?.background ?? alwaysOurs,
      ...(shared ? { pokeLine: shared.line } : {}),
      installation: createInstallation(config),
    })
    server.metrics.add('postgres_ends_total', {}, postgresEnds)
    onPostgresEnd = () => server.metrics.add('postgres_ends_total', {}, 1)
    const stopBackups = config.backup
      ? keepBackups(config.backup, {
          ...{ db, clock: systemClock },
          isOurs: () => shared?.background.isOurs() ?? true,
          watch: (work) => server.watch('backup', work),
          lastGood: () => lastGoodPass(db, 'backup'),
        })
      : () => Promise.resolve()
    socket.open(server.fetch)
    if (server.askFetch) askSocket?.open(server.askFetch)
    say(`Wuse is ready: ${socket.url}`)
    if (config.ask) say(`The resident’s page: ${config.ask.origin ?? askSocket?.url ?? ''}`)
    if (setupToken !== null) say(firstStart(`${socket.url}/setup#${setupToken}`))
    if (isCutShort) say(cutShort)
    sayAccounts(config)
    for (const notice of config.notices) say(notice)
    if (!office.isGuarded) say(unguarded)
    systemLog.write('started')
    await aborted(stop)
    systemLog.write('stopping')
    await Promise.all([server.stop(), stopBackups()])
    await shared?.stop()
  } catch (error) {
    if (!stop.aborted) throw error
    say('Wuse was stopped while it started; the next start begins where it can.')
  } finally {
    await Promise.all([socket.close(), askSocket?.close()])
    await office?.close()
  }
}

/** Other servers may be on the same database: one of them does what runs by itself, and all hear what moved. */
function share(db: Kysely<Database>, url: string, config: Config, isSpread: boolean) {
  const server = systemIds()
  let saidAt = 0
  const onFault = () => {
    // Once a minute is enough while the database is away: the line asks every second.
    if (systemClock.now() - saidAt < 60_000) return
    saidAt = systemClock.now()
    systemLog.write('database', { problem: 'database-unreachable' })
  }
  // What is told on one machine of a cluster is heard on that one alone: whoever is at another asks each second.
  const line = createSharedLine({ ...{ db, url, server, onFault }, isAlone: !isSpread })
  const background = config.background
    ? createLease({ ...{ db, clock: systemClock, server, onFault } })
    : neverOurs
  return {
    ...{ line, background },
    async stop() {
      await Promise.all([line.stop(), background.stop()])
    },
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

async function demo(db: Kysely<Database>, config: Config, signal: AbortSignal): Promise<void> {
  if (!config.demo || !(await hasNoAccount(db))) return
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

const cutShort =
  'Nobody has an account, but there are places: a demo or a backup was not brought in whole. ' +
  'Bring the backup in again (npm run restore), start with DEMO=on, or set another DATA_DIR.'

function firstStart(address: string): string {
  return (
    'Nobody has an account yet. Open this address once to make your subdistrict and its first administrator:\n' +
    `  ${address}\n` +
    'It holds until it was used, or until Wuse is started again. Without a browser: npm run office -- --help'
  )
}

function sayAccounts(config: Config): void {
  if (!config.demo) return
  const logins = readDemoAccounts(config.dataDir)
  if (logins) say(`Demo accounts:\n${describeDemoAccounts(logins)}`)
  else say('The demo accounts were printed when this database was filled.')
}

function sayDistribution({ laidOut, now }: Distribution): void {
  const already = laidOut - now.length
  say(
    `The tables lie on the machines of the cluster: ${laidOut}, ` +
      (now.length === 0
        ? 'all of them from before.'
        : `${now.length} laid out now, ${already} from before.`),
  )
}

function sayWait(): void {
  say('Another server makes this database ready; this one waits for it.')
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

start().catch((error: unknown) => {
  if (error instanceof StartTrouble) process.stderr.write(`${error.message}\n`)
  else process.stderr.write(`Wuse did not start: ${String(error)}\n`)
  process.exit(1)
})
