/** The same server inside the development server of `npm run dev`; Vite serves the app. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { readConfig } from './config.ts'
import { describeDemoAccounts, keepDemoAccounts, readDemoAccounts } from './demo-accounts.ts'
import { hasNoAccount } from './db/accounts.ts'
import { fillDemo } from './demo-fill.ts'
import { openOffice } from './office.ts'
import { createServer } from './server.ts'
import { systemClock, systemIds, systemLog, systemRandomBytes } from './system.ts'

export async function createDevHandler(): Promise<
  (request: IncomingMessage, response: ServerResponse, next: () => void) => void
> {
  const config = readConfig(process.env)
  const office = await openOffice(config, systemLog)
  if (config.demo && (await hasNoAccount(office.owner))) {
    await fillDemo(office.owner, {
      now: systemClock.now(),
      ids: systemIds,
      randomBytes: systemRandomBytes,
      password: config.demoPassword,
      residents: config.demoResidents,
      onLogins: (logins) => keepDemoAccounts(config.dataDir, logins),
    })
  }
  const server = createServer({
    db: office.db,
    clock: systemClock,
    ids: systemIds,
    randomBytes: systemRandomBytes,
    log: systemLog,
    staticDir: null,
    secureCookies: false,
    isDemo: true,
    ground: config.ground,
  })
  const logins = readDemoAccounts(config.dataDir)
  if (logins) process.stdout.write(`Demo accounts:\n${describeDemoAccounts(logins)}\n`)
  const stop = () => void office.close().then(() => process.exit(0))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  const listener = getRequestListener((request, env) => server.fetch(request, env))
  return (request, response) => void listener(request, response)
}
