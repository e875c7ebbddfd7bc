// `npm run test:browsers`: the worker's and the office's day in old and other browsers, with two outages, and a resident
// before the code on a wall.
//   --only NAME   88 (the resident alone), 92, 103, 109, today, firefox or webkit; can be given several times
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { runnerImport } from 'vite'

const at = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url))
const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } })

/** @type {{ module: typeof import('./main.ts') }} */
const { module } = await runnerImport(at('main.ts'), { configFile: false, logLevel: 'error' })
const only = module.browserNames.filter((name) => values.only?.includes(name))
if (only.length < (values.only?.length ?? 0)) {
  console.error(`there are ${module.browserNames.join(', ')}`)
  process.exit(2)
}
execFileSync(process.execPath, [at('../../build.mjs'), '--quiet', '--if-changed'], {
  stdio: 'inherit',
})
// A driver that does not let go of its line would keep a finished run waiting.
process.exit((await module.testBrowsers(only)) ? 0 : 1)
