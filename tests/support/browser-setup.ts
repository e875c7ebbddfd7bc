import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setup as buildApp } from './built-app-setup.ts'
import { sharedChrome } from './chrome.ts'
import { startTestPostgres } from './postgres-setup.ts'
import { sharedPostgres, type SharedPostgres } from './shared-postgres.ts'
import { beginTestDay } from './test-clock.ts'

/** Two projects of one run have this as their setup: the second finds what the first began. */
const begun = globalThis as { wuseBrowserSetup?: Promise<() => Promise<void>> }

/**
 * Before the browser tests: the app as it is served, a browser, and one PostgreSQL for all servers.
 */
export async function setup(): Promise<() => Promise<void>> {
  if (begun.wuseBrowserSetup) {
    await begun.wuseBrowserSetup
    return () => Promise.resolve()
  }
  begun.wuseBrowserSetup = begin()
  return begun.wuseBrowserSetup
}

async function begin(): Promise<() => Promise<void>> {
  beginTestDay()
  await buildApp()
  const folder = await mkdtemp(join(tmpdir(), 'wuse-demos-'))
  const postgres = await startTestPostgres()
  const { url, applicationPassword } = postgres
  const shared: SharedPostgres = { url, applicationPassword, folder }
  process.env[sharedPostgres] = JSON.stringify(shared)
  process.env[sharedChrome] = 'yes'
  return async () => {
    delete process.env[sharedPostgres]
    delete process.env[sharedChrome]
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
