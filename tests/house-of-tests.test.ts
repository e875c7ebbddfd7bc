/** What holds for the tests themselves: none waits for a fixed time, and each is short enough to be read. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { expectCount } from './support/counts.ts'
import { hasFunctions, heldBy, mirrorsOf } from './support/mirrors.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const filesBelow = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'))
    .filter((path) => !path.includes('node_modules/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
const files = filesBelow('tests')

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

  it('take a connection away by the one function that waits until it is gone', () => {
    const bare = /\.setOffline\(/
    expect(bare.test('await context.setOffline(true)')).toBe(true)
    const own = files.filter(
      ({ path, text }) => path !== 'tests/support/offline.ts' && bare.test(text),
    )
    expect(own.map(({ path }) => path)).toEqual(['tests/house-of-tests.test.ts'])
  })

  it('look at a screen by the one function that waits until it is at rest', () => {
    const own = browser.filter(({ text }) => /axeSource|axe-core|async function look\(/.test(text))
    expect(own.map(({ path }) => path)).toEqual([])
    const looking = browser.filter(({ text }) => /\blook(?:InSizes)?\(/.test(text))
    expectCount('browser tests that look', looking.length)
  })
})

describe('a file has a test', () => {
  const tests = files.filter(({ path }) => /\.test\.tsx?$/.test(path))
  /** Folders whose files have a test each, and where the tests stand that may hold them. */
  const folders = {
    'src/app/views': 'tests/app/',
    'src/app/acts': 'tests/app/',
    'src/server/routes': 'tests/server/',
    'src/server/ledger': 'tests/server/',
    'src/server/colours': 'tests/server/',
    'src/server/db': 'tests/server/',
  } as const
  /** Held as a whole: each migration by `tests/migrations.test.ts`, all of them by `tests/server/upgrade.test.ts`. */
  const isMigration = (path: string) => path.startsWith('src/server/db/migrations/')
  /** Files with functions and without a test of their own, each with its reason; as few as can be. */
  const exempt: Readonly<Record<string, string>> = {}

  it.each(Object.entries(folders))('in %s', (folder, wing) => {
    const held = new Set(
      tests.filter(({ path }) => path.startsWith(wing)).flatMap((test) => heldBy(test)),
    )
    const source = filesBelow(folder).filter(({ path }) => !isMigration(path))
    expectCount(`files of ${folder as keyof typeof folders}`, source.length)
    const bare = source.filter(
      (file) =>
        !held.has(file.path) &&
        !mirrorsOf(file.path).some((path) => existsSync(join(root, path))) &&
        hasFunctions(file) &&
        !(file.path in exempt),
    )
    expect(bare.map(({ path }) => path)).toEqual([])
  })

  it('which says in its first comment what it holds, and names files that are there', () => {
    const said = tests.flatMap((test) => heldBy({ ...test, text: firstComment(test.text) }))
    expect(said.length).toBeGreaterThan(50)
    expect(said.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it('by its path, by an import that runs it, or by its name; a type is no test, nor a comment elsewhere', () => {
    expect(mirrorsOf('src/app/views/DoorSign.tsx')[1]).toBe('tests/app/views/door-sign.test.tsx')
    const holds = (text: string) => heldBy({ path: 'tests/app/a.test.ts', text })
    expect(holds("import { doorOf } from '#app/views/door.ts'")).toEqual(['src/app/views/door.ts'])
    expect(holds("import type { Door } from '#app/views/door.ts'")).toEqual([])
    expect(holds("import { type Door } from '#app/views/door.ts'")).toEqual([])
    expect(holds('/** Doors. Holds `src/app/views/door.ts`. */')).toEqual(['src/app/views/door.ts'])
    expect(holds('const a = 1\n/** `src/app/views/door.ts` */')).toEqual([])
    const isCode = (text: string) => hasFunctions({ path: 'a.ts', text })
    expect(isCode('export interface A { b(): void }\nexport const c = [1]')).toBe(false)
    expect(isCode('export const a = () => 1')).toBe(true)
  })
})

const firstComment = (text: string) => /^\/\*\*[^]*?\*\//.exec(text)?.[0] ?? ''

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
