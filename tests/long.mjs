// What is worth a night and not a check: many more simulated days, on the model and on the real server, and kills.
// `npm run test:long`; WUSE_RUNS, WUSE_REAL_RUNS, WUSE_KILLS and WUSE_BROWSER_KILLS say how many.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const vitest = fileURLToPath(import.meta.resolve('vitest/vitest.mjs'))
const env = {
  ...{ WUSE_RUNS: '50000', WUSE_REAL_RUNS: '400', WUSE_KILLS: '300', WUSE_BROWSER_KILLS: '40' },
  ...process.env,
}
const suites = [
  ['unit', 'tests/simulation'],
  ['server', 'tests/server/simulation.test.ts'],
  ['server', 'tests/server/main/kills.test.ts'],
  ['browser', 'tests/browser/kills.test.ts'],
]
const failed = suites.filter(
  ([project = '', path = '']) =>
    spawnSync(process.execPath, [vitest, 'run', '--project', project, path], {
      env,
      stdio: 'inherit',
    }).status !== 0,
)
process.exitCode = failed.length
