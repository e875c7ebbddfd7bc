// `npm run screenshots`: pictures of the running app for the README, in docs/images, and the figures of what is seen without
// scrolling. `npm run screenshots -- figures` prints these alone.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))
spawnSync(process.execPath, [`${root}/build.mjs`, '--quiet', '--if-changed'], { stdio: 'inherit' })
/** @param {string} name */
const load = async (name) => {
  const path = fileURLToPath(new URL(name, import.meta.url))
  const { module } = await runnerImport(path, { configFile: false, logLevel: 'error' })
  return module
}
if (process.argv[2] !== 'figures')
  await (await load('take.ts')).takeScreenshots(`${root}/docs/images`)
await (await load('figures.ts')).printFigures()
