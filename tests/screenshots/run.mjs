// `npm run screenshots`: pictures of the running app for the README, in docs/images.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))
spawnSync(process.execPath, [`${root}/build.mjs`, '--quiet', '--if-changed'], { stdio: 'inherit' })
const { module } = await runnerImport(fileURLToPath(new URL('take.ts', import.meta.url)), {
  configFile: false,
  logLevel: 'error',
})
await module.takeScreenshots(`${root}/docs/images`)
