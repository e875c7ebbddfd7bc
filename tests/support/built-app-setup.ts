import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { findChrome } from './chrome.ts'

/** The app as it is served, and a browser, so that neither fails inside a test. */
export async function setup(): Promise<void> {
  const build = fileURLToPath(new URL('../../build.mjs', import.meta.url))
  execFileSync(process.execPath, [build, '--quiet', '--if-changed'], { stdio: 'inherit' })
  await findChrome()
}
