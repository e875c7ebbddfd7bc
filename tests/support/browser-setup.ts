import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChrome } from './chrome.ts'
import { keptDemos } from './wuse-server.ts'

/** Before the browser tests: the app as it is served, and a browser, so that neither fails inside a test. */
export async function setup(): Promise<() => Promise<void>> {
  const build = fileURLToPath(new URL('../../build.mjs', import.meta.url))
  execFileSync(process.execPath, [build, '--quiet', '--if-changed'], { stdio: 'inherit' })
  await findChrome()
  const folder = await mkdtemp(join(tmpdir(), 'wuse-demos-'))
  process.env[keptDemos] = folder
  return async () => {
    // Another suite of the same run fills its own.
    delete process.env[keptDemos]
    await rm(folder, { recursive: true, force: true })
  }
}
