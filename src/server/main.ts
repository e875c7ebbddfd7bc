/** `npm start`: database, demo where the database is empty, routes, a socket. */
import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import type { Kysely } from 'kysely'
import { codeOf, StartTrouble } from './cluster/trouble.ts'
import { readConfig, type Config } from './config.ts'
import type { Database } from './db/schema.ts'
import { describeDemoAccounts, keepDemoAccounts, readDemoAccounts } from './demo-accounts.ts'
import { fillDemo, isEmpty } from './demo-fill.ts'
import { openOffice } from './office.ts'
import { createProgress } from './progress.ts'
import { createServer } from './server.ts'
import { systemClock, systemIds, systemLog, systemRandomBytes } from './system.ts'

const staticDir = join(dirname(fileURLToPath(import.meta.url)), '..', 'app')

async function start(): Promise<void> {
  const config = readConfig(process.env)
  const office = await openOffice(config, systemLog)
  try {
    await demo(office.db, config)
    const server = createServer({
      db: office.db,
      clock: systemClock,
      ids: systemIds,
      randomBytes: systemRandomBytes,
      log: systemLog,
      staticDir,
      secureCookies: config.secureCookies,
      calendar: true,
    })
    const { port, close } = await listen(server, config)
    say(`Wuse is ready: http://${config.host === '0.0.0.0' ? 'localhost' : config.host}:${port}`)
    sayAccounts(config)
    systemLog.write('started')
    stopOnSignal(async () => {
      await server.stop()
      await close()
      await office.close()
    })
  } catch (error) {
    await office.close()
    throw error
  }
}

async function demo(db: Kysely<Database>, config: Config): Promise<void> {
  if (!config.demo || !(await isEmpty(db))) return
  const progress = createProgress('Filling the demo subdistrict')
  const logins = await fillDemo(db, {
    now: systemClock.now(),
    ids: systemIds,
    randomBytes: systemRandomBytes,
    password: config.demoPassword,
    residents: config.demoResidents,
    onProgress: (done, total) => progress.update(done, total),
  })
  progress.end()
  mkdirSync(config.dataDir, { recursive: true })
  keepDemoAccounts(config.dataDir, logins)
}

function sayAccounts(config: Config): void {
  if (!config.demo) return
  const logins = readDemoAccounts(config.dataDir)
  if (logins) say(`Demo accounts:\n${describeDemoAccounts(logins)}`)
  else say('The demo accounts were printed when this database was filled.')
}

interface Listening {
  readonly port: number
  /** Takes no more connections and waits for the requests under way. */
  close(): Promise<void>
}

function listen(server: ReturnType<typeof createServer>, config: Config): Promise<Listening> {
  const { port, host } = config
  return new Promise((resolve, reject) => {
    const socket = serve({ fetch: server.fetch, port, hostname: host }, (address: AddressInfo) =>
      resolve({
        port: address.port,
        close: () =>
          new Promise((done) => {
            socket.close(() => done())
            if ('closeIdleConnections' in socket) socket.closeIdleConnections()
          }),
      }),
    )
    socket.once('error', (error: Error) => {
      const code = codeOf(error)
      if (code === 'EADDRINUSE') {
        reject(
          new StartTrouble(
            `Port ${port} is in use by another program. Stop that one, or start with another port: PORT=${port + 1} npm start`,
          ),
        )
      } else if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
        reject(
          new StartTrouble(
            `This account may not listen on ${host}:${port} (${code}). Set PORT or HOST to another one.`,
          ),
        )
      } else reject(error)
    })
  })
}

function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false
  const onSignal = () => {
    if (stopping) process.exit(1)
    stopping = true
    systemLog.write('stopping')
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

start().catch((error: unknown) => {
  if (error instanceof StartTrouble) process.stderr.write(`${error.message}\n`)
  else process.stderr.write(`Wuse did not start: ${String(error)}\n`)
  process.exit(1)
})
