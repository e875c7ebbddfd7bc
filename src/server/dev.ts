/** The same server inside the development server of `npm run dev`; Vite serves the app. */
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { readConfig } from './config.ts'
import { describeDemoAccounts, keepDemoAccounts, readDemoAccounts } from './demo-accounts.ts'
import { hasNoAccount } from './db/accounts.ts'
import { fillDemo } from './demo-fill.ts'
import { openOffice } from './office.ts'
import { createServer } from './server.ts'
import { systemClock, systemIds, systemLog, systemRandomBytes } from './system.ts'

/** Away from those that Vite tries. */
const devAskPort = 5199

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
    // Its script and style are those of the last build; every page works without.
    ask: { origin: null, port: devAskPort, dir: 'dist/ask' },
  })
  const { askFetch } = server
  if (askFetch) {
    const listener = getRequestListener((request, env) => askFetch(request, env))
    const page = createHttpServer((request, response) => void listener(request, response))
    page.once('error', () =>
      process.stdout.write(`Port ${devAskPort} is taken: no resident’s page.\n`),
    )
    page.listen(devAskPort, 'localhost', () => {
      process.stdout.write(`The resident’s page: http://localhost:${devAskPort}\n`)
    })
    page.unref()
  }
  const logins = readDemoAccounts(config.dataDir)
  if (logins) process.stdout.write(`Demo accounts:\n${describeDemoAccounts(logins)}\n`)
  const stop = () => void office.close().then(() => process.exit(0))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  const listener = getRequestListener((request, env) => server.fetch(request, env))
  return (request, response) => void listener(request, response)
}
