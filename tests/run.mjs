// All that must hold, in one run: `npm test`. A part of it: `npm test -- types lint`, `npm test -- browser`; `quick` is
// what somebody runs while writing. `npm test -- server --sharded`: all server tests on tables in parts, else every
// second file is.
// The last line says `N passed, N failed`: tests, and each check as one.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  askBudget,
  askScripts,
  firstScreenBudget,
  firstScreenScript,
  keptFiles,
  keptFilesBudget,
} from './support/size.mjs'

/** @typedef {{ passed: number, failed: number }} Count */

const root = fileURLToPath(new URL('..', import.meta.url))
/** The tools write into a pipe, and some of them colour it all the same. */
const coloured = Boolean(process.stdout.isTTY)
const env = {
  // Days of the simulation are many in a whole run, and few while somebody writes.
  ...(process.argv.includes('quick') ? { WUSE_RUNS: '20' } : {}),
  ...process.env,
  ...(coloured ? {} : { NO_COLOR: '1' }),
  ...(process.argv.includes('--sharded') ? { LAYOUT: 'parts' } : {}),
}
const cache = join(root, 'node_modules', '.cache', 'wuse')

/** Checks run two at a time, each printed when it is done; then the tests, which use all cores by themselves. */
/** @type {Record<string, () => Promise<Count>>} */
const checks = { lint, types, build, format }
/** @type {Record<string, () => Promise<Count>>} */
const suites = {
  unit: () => vitest('unit', ['unit', 'components']),
  server: () => vitest('server', ['server']),
  browser: () => vitest('browser', ['browser']),
}

/** Several parts under one name. */
/** @type {Record<string, readonly string[]>} */
const groups = { quick: ['types', 'lint', 'unit'] }

const known = Object.keys({ ...checks, ...suites, ...groups })
const asked = process.argv
  .slice(2)
  .filter((word) => word !== '--sharded')
  .flatMap((name) => groups[name] ?? [name])
const strange = asked.filter((name) => !known.includes(name))
if (strange.length > 0) {
  console.error(`no part is called ${strange.join(' or ')}; there are ${known.join(', ')}`)
  process.exit(2)
}
if (!existsSync(join(root, 'node_modules', 'vitest'))) {
  console.error('the packages are missing: run npm ci first')
  process.exit(2)
}

const wanted = (/** @type {string} */ name) => asked.length === 0 || asked.includes(name)
const total = { passed: 0, failed: 0 }
await mkdir(cache, { recursive: true })
const queue = Object.entries(checks).filter(([name]) => wanted(name))
await Promise.all([runQueue(), runQueue()])
for (const [name, run] of Object.entries(suites)) if (wanted(name)) add(await run())

console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 ? 1 : 0

async function runQueue() {
  for (let next = queue.shift(); next; next = queue.shift()) add(await next[1]())
}

/** @param {Count} count */
function add({ passed, failed }) {
  total.passed += passed
  total.failed += failed
}

/** Every folder with a tsconfig of its own is a world of its own: the ground knows no browser, the app no Node. */
async function types() {
  const inSource = (await readdir(join(root, 'src'))).map((folder) => `src/${folder}`)
  const projects = ['.', 'sw', 'tests', 'src/app/views', ...inSource]
  const outputs = []
  for (const project of projects) {
    const info = join(cache, `${project.replaceAll('/', '-')}.tsbuildinfo`)
    const words = [
      '-p',
      project,
      '--incremental',
      '--tsBuildInfoFile',
      info,
      '--pretty',
      String(coloured),
    ]
    // The compiler in machine code (docs/decisions/0105); eslint reads with the one in JavaScript.
    outputs.push(await node('typescript-native/bin/tsc', words))
  }
  return check('types', outputs)
}

/** Rules that need types are oxlint's, all others eslint's: docs/decisions/0105. */
async function lint() {
  const location = [
    '--cache',
    '--cache-strategy',
    'content',
    '--cache-location',
    join(cache, 'eslint'),
  ]
  const typed = await node('oxlint/bin/oxlint', ['--type-aware', '--deny-warnings', '.'])
  const files = Number(/ on (\d+) files? /.exec(typed.text)?.[1] ?? 0)
  // One that finds no files finds no fault in them either.
  if (files < 1_000) typed.code = 1
  return check('lint', [
    typed,
    await node('eslint/bin/eslint.js', ['.', '--max-warnings', '0', ...location]),
  ])
}

async function format() {
  const location = ['--cache', '--cache-location', join(cache, 'prettier')]
  const words = ['--check', '.', '--log-level', 'warn', ...location]
  return check('format', [await node('prettier/bin/prettier.cjs', words)])
}

async function build() {
  const built = await run([join(root, 'build.mjs'), '--quiet', '--if-changed'])
  if (built.code !== 0) return check('build', [built])
  const { files, bytes } = await firstScreenScript()
  const kilobytes = (/** @type {number} */ count) => `${(count / 1000).toFixed(1)} kB`
  const text = `script for the first screen: ${kilobytes(bytes)} of ${kilobytes(firstScreenBudget)} (${files.length} files)\n`
  const size = { code: bytes > firstScreenBudget ? 1 : 0, text }
  const count = await keptFiles()
  const kept = {
    code: count > keptFilesBudget ? 1 : 0,
    text: `files that a device keeps: ${count} of ${keptFilesBudget}`,
  }
  const { first, others } = await askScripts()
  const large = others.filter((other) => other.bytes > askBudget)
  const page = {
    code: first > askBudget || large.length > 0 ? 1 : 0,
    text: [
      `script of the resident's page: ${kilobytes(first)} of ${kilobytes(askBudget)}`,
      ...large.map(({ file, bytes }) => `too large on demand: ${file} ${kilobytes(bytes)}`),
    ].join('\n'),
  }
  return check('build and size', [built, size, kept, page])
}

/**
 * @param {string} name
 * @param {readonly { code: number, text: string }[]} outputs
 * @returns {Count}
 */
function check(name, outputs) {
  const good = outputs.every(({ code }) => code === 0)
  const text = outputs.map(({ text }) => text.trim()).filter((text) => text !== '')
  heading(`${name}: ${good ? 'passed' : 'FAILED'}`)
  if (text.length > 0) console.log(text.join('\n'))
  return good ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/**
 * @param {string} name
 * @param {readonly string[]} projects of vitest.config.ts
 * @returns {Promise<Count>}
 */
async function vitest(name, projects) {
  heading(name)
  const report = join(cache, `${name}.json`)
  await rm(report, { force: true })
  const words = ['run', ...projects.flatMap((project) => ['--project', project])]
  const reporters = ['--reporter', 'default', '--reporter', 'json', `--outputFile.json=${report}`]
  const { code } = await node('vitest/vitest.mjs', [...words, ...reporters], 'inherit')
  const { passed, failed } = await countIn(report)
  // A file that cannot be loaded, or an error outside of every test, fails a run without failing a test.
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed }
}

/**
 * @param {string} report of vitest's json reporter; missing where it could not even start
 * @returns {Promise<Count>}
 */
async function countIn(report) {
  const text = await readFile(report, 'utf8').catch(() => '{}')
  const { numPassedTests = 0, numFailedTests = 0, testResults = [] } = JSON.parse(text)
  const unloaded = testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ file) =>
      file.status === 'failed' && file.assertionResults.length === 0,
  )
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length }
}

/** @param {string} text */
function heading(text) {
  console.log(`\n== ${text}`)
}

/**
 * @param {string} script in node_modules
 * @param {readonly string[]} words
 * @param {'pipe' | 'inherit'} [output]
 */
function node(script, words, output) {
  return run([join(root, 'node_modules', script), ...words], output)
}

/**
 * @param {readonly string[]} words
 * @param {'pipe' | 'inherit'} [output]
 * @returns {Promise<{ code: number, text: string }>}
 */
function run(words, output = 'pipe') {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, words, {
      cwd: root,
      stdio: ['ignore', output, output],
      env,
    })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (part) => (text += part))
    }
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, text }))
  })
}
