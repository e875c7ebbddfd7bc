/** What holds for the tests themselves: none waits for a fixed time, and each is short enough to be read. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { expectCount } from './support/counts.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const files = readdirSync(join(root, 'tests'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(?:ts|tsx|mjs)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'))
  .filter((path) => !path.includes('node_modules/'))
  .sort()
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

describe('browser tests', () => {
  const browser = files.filter(({ path }) => path.startsWith('tests/browser/'))

  it('wait for what they need and never for a time', () => {
    const fixed = /\.waitForTimeout\(/
    expect(fixed.test('await page.waitForTimeout(200)')).toBe(true)
    expectCount('browser tests', browser.length)
    const hands = files.filter(({ path }) => path.startsWith('tests/support/'))
    const waiting = [...browser, ...hands].filter(({ text }) => fixed.test(text))
    expect(waiting.map(({ path }) => path)).toEqual([])
  })

  it('look at a screen by the one function that waits until it is at rest', () => {
    const own = browser.filter(({ text }) => /axeSource|axe-core|async function look\(/.test(text))
    expect(own.map(({ path }) => path)).toEqual([])
    const looking = browser.filter(({ text }) => /\blook(?:InSizes)?\(/.test(text))
    expectCount('browser tests that look', looking.length)
  })
})

it('no file grows beyond 400 lines; those that did are named here until they are split', () => {
  const known = new Set([
    'tests/app/roster/corpus/judged.ts', // a table of rosters and what a person makes of each
    'tests/app/roster/desk.test.ts',
    'tests/app/ui/person-file.test.tsx',
    'tests/domain/record.test.ts',
    'tests/house.test.ts',
    'tests/protocol/merge.test.ts',
    'tests/server/acts/grids.test.ts',
    'tests/server/acts/people.test.ts',
    'tests/server/audit.test.ts',
    'tests/server/demo/generate.test.ts',
    'tests/server/hotline.test.ts',
    'tests/server/imports.test.ts',
    'tests/server/moves.test.ts',
    'tests/server/sign-in.test.ts',
    'tests/support/model-office.ts',
  ])
  const long = files.filter(({ text }) => text.split('\n').length - 1 > 400)
  expectCount('files of tests', files.length)
  expect(long.map(({ path }) => path).filter((path) => !known.has(path))).toEqual([])
})
