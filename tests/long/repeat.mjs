// Runs each browser file many times beside a load, and keeps a tally: what is stable there is stable anywhere.
// `npm run test:long -- repeat`; more words name the files: `npm run test:long -- repeat kills vault`.
// WUSE_TIMES (10) says how often, WUSE_LOAD (6) how many processes are busy beside it. Ended at any moment, it goes on
// where it was: the tally lies in node_modules/.cache/wuse/repeat, and begins anew with another commit.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** @typedef {{ passed: number, failed: number }} Count */
/** @typedef {{ commit: string, load: number, files: Record<string, Count> }} Tally */

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, 'node_modules', '.cache', 'wuse', 'repeat')
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')

/**
 * @param {readonly string[]} words parts of the names of files; none: all files
 * @returns {boolean} whether every file passed every time
 */
export function repeat(words) {
  const times = Number(process.env['WUSE_TIMES'] ?? 10)
  const load = Number(process.env['WUSE_LOAD'] ?? 6)
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
  const files = readdirSync(join(root, 'tests/browser'))
    .filter((name) => name.endsWith('.test.ts'))
    .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
  if (files.length === 0) throw new Error(`no browser file has ${words.join(' or ')} in its name`)
  mkdirSync(folder, { recursive: true })
  const tally = readTally(commit, load)
  const busy = Array.from({ length: load }, () =>
    spawn(process.execPath, ['-e', 'for (;;) Math.random()'], { stdio: 'ignore' }),
  )
  const end = () => busy.forEach((one) => one.kill('SIGKILL'))
  process.on('exit', end)
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130))
  // Round by round: an early end has tried every file about as often.
  for (let round = 1; round <= times; round += 1) {
    for (const file of files) {
      const count = tally.files[file] ?? { passed: 0, failed: 0 }
      if (count.passed + count.failed >= round) continue
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [vitest, 'run', '--project', 'browser*', `tests/browser/${file}`],
        { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, NO_COLOR: '1' } },
      )
      // Ended by a signal: nobody knows what it would have said.
      if (status === null || status > 128) process.exit(130)
      if (status === 0) count.passed += 1
      else {
        count.failed += 1
        writeFileSync(join(folder, `${file}.${count.failed}.log`), `${stdout}\n${stderr}`)
      }
      tally.files[file] = count
      writeFileSync(join(folder, 'tally.json'), JSON.stringify(tally, null, 2))
      console.log(`${file}: ${count.passed} passed, ${count.failed} failed of ${times}`)
    }
  }
  end()
  const failed = files.filter((file) => (tally.files[file]?.failed ?? 0) > 0)
  console.log(
    `\n${files.length} files ${times} times beside a load of ${load}: ${failed.length} failed`,
  )
  for (const file of failed)
    console.log(`  ${file}: ${tally.files[file]?.failed ?? 0}, see ${folder}`)
  return failed.length === 0
}

/**
 * @param {string} commit
 * @param {number} load
 * @returns {Tally}
 */
function readTally(commit, load) {
  try {
    /** @type {Tally} */
    const kept = JSON.parse(readFileSync(join(folder, 'tally.json'), 'utf8'))
    if (kept.commit === commit && kept.load === load) return kept
  } catch {
    // There is none yet.
  }
  for (const name of readdirSync(folder)) rmSync(join(folder, name))
  return { commit, load, files: {} }
}
