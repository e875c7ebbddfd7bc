// `node tests/upgrade/run.mjs COMMIT NAME`: makes a golden file of a released version, once, from the git history.
// It builds that version, works with it in Chromium, and keeps what its server and its device then hold.
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const [commit, name] = process.argv.slice(2)
if (!commit || !name) {
  console.error('Usage: node tests/upgrade/run.mjs COMMIT NAME')
  process.exit(2)
}
const { module } = await runnerImport(fileURLToPath(new URL('make.ts', import.meta.url)), {
  configFile: false,
  logLevel: 'error',
})
await module.makeGolden(commit, name)
