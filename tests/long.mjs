// What is worth a night and not a check: many more simulated days, on the model and on the real server, kills, power
// cuts, and a long bad line; and the ways of an operator, up and back.
// `npm run test:long`; WUSE_RUNS, WUSE_REAL_RUNS, WUSE_KILLS, WUSE_BROWSER_KILLS and WUSE_POWER_CUTS say how many,
// WUSE_FUZZ how many times more odd values, WUSE_FLOOD how many a script posts and guesses, WUSE_SEED which days;
// `npm run test:long -- repeat` runs each browser file ten times beside a load (long/repeat.mjs);
// `npm run test:long -- power` runs the parts whose file has that word in its name.
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { repeat } from './long/repeat.mjs'

// By its place: vitest's package names no such way in.
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
const env = {
  ...{ WUSE_RUNS: '50000', WUSE_REAL_RUNS: '400', WUSE_KILLS: '300', WUSE_BROWSER_KILLS: '40' },
  ...{ WUSE_POWER_CUTS: '30', WUSE_LINE_RESIDENTS: '33000' },
  ...{
    WUSE_LONG: '1',
    WUSE_FUZZ: '20',
    WUSE_FLOOD: '10000',
    WUSE_LOST_FILES: 'all',
    WUSE_COMMUNITIES: '57',
  },
  // Other days each time; said, so that they can be lived again.
  WUSE_SEED: String(randomInt(2 ** 31)),
  ...process.env,
}
const long = ['--config', fileURLToPath(new URL('long/vitest-config.ts', import.meta.url))]
/** @type {readonly { readonly words: readonly string[], readonly path: string }[]} */
const suites = [
  { words: ['--project', 'unit'], path: 'tests/simulation' },
  { words: ['--project', 'server'], path: 'tests/server/simulation.test.ts' },
  { words: ['--project', 'server'], path: 'tests/server/fuzz.test.ts' },
  { words: ['--project', 'server'], path: 'tests/server/main/kills.test.ts' },
  { words: ['--project', 'browser*'], path: 'tests/browser/' },
  { words: long, path: 'tests/long/deploy.ts' },
  { words: long, path: 'tests/long/container.ts' },
  { words: long, path: 'tests/long/sizes.ts' },
  { words: long, path: 'tests/long/upgrade.ts' },
  { words: ['--project', 'server'], path: 'tests/server/ask-floods.test.ts' },
  { words: long, path: 'tests/long/broken-line.ts' },
  { words: long, path: 'tests/long/server-power-cut.ts' },
  { words: long, path: 'tests/long/device-power-cut.ts' },
  { words: long, path: 'tests/long/offline-start-power-cut.ts' },
]
const wanted = process.argv.slice(2)
if (wanted[0] === 'repeat') process.exit(repeat(wanted.slice(1)) ? 0 : 1)
console.log(`WUSE_SEED=${env.WUSE_SEED}`)
const failed = suites
  .filter(({ path }) => wanted.length === 0 || wanted.some((word) => path.includes(word)))
  .filter(({ words, path }) => {
    const ended = spawnSync(process.execPath, [vitest, 'run', ...words, path], {
      env,
      stdio: 'inherit',
    })
    return ended.status !== 0
  })
// The app in old and other browsers.
const isAsked = wanted.length === 0 || wanted.some((word) => 'tests/browsers'.includes(word))
const run = fileURLToPath(new URL('browsers/run.mjs', import.meta.url))
const browsers = isAsked
  ? spawnSync(process.execPath, ['--experimental-websocket', run], { env, stdio: 'inherit' }).status
  : 0
process.exitCode = failed.length + (browsers === 0 ? 0 : 1)
