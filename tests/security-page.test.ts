/** docs/security.md names a test for whatever it says: each of them is there, by file and by name. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { expectCount } from './support/counts.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const page = readFileSync(`${root}/docs/security.md`, 'utf8')

const read = new Map<string, string>()

/** The names of all tests and groups of a file, as they stand there. */
function titlesOf(path: string): string {
  const known = read.get(path)
  if (known !== undefined) return known
  const file = ts.createSourceFile(path, readFileSync(root + path, 'utf8'), ts.ScriptTarget.Latest)
  const titles: string[] = []
  const look = (node: ts.Node): void => {
    const title = ts.isCallExpression(node) ? node.arguments[0] : undefined
    const called = ts.isCallExpression(node) ? node.expression.getText(file) : ''
    if (title && /^(?:it|describe)\b/.test(called)) {
      if (ts.isStringLiteralLike(title) || ts.isTemplateExpression(title)) {
        titles.push(title.getText(file).slice(1, -1).replaceAll("\\'", "'"))
      }
    }
    ts.forEachChild(node, look)
  }
  look(file)
  const names = titles.join('\n')
  read.set(path, names)
  return names
}

/** Files of tests in a cell, each with the words of names that follow it up to the next file. */
function namedTests(): (readonly [path: string, words: readonly string[]])[] {
  return page
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .flatMap((line) => [...line.matchAll(/`(tests\/[^`]+)`(?::([^`|]*))?/g)])
    .map(([, path = '', words = '']) => [
      path,
      words
        .split(';')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    ])
}

it('each test that the page of security names is there', () => {
  const named = namedTests()
  expectCount('names in docs/security.md', named.length)
  const missing = named.flatMap(([path, words]) => {
    if (!existsSync(root + path)) return [path]
    const titles = titlesOf(path)
    return words.filter((one) => !titles.includes(one)).map((one) => `${path}: ${one}`)
  })
  expect(missing).toEqual([])
})

it('the page speaks of every finding', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('|'))
  const spoken = new Set(
    rows.flatMap((line) => {
      const [, first = ''] = line.split('|')
      const numbers = /^[\s\d,]+$/.test(first) ? first : (/\(([\d, ]+)\)/.exec(first)?.[1] ?? '')
      return numbers.split(',').map((one) => Number(one.trim()))
    }),
  )
  const all = Array.from({ length: 29 }, (_, index) => index + 1)
  expect(all.filter((number) => !spoken.has(number))).toEqual([])
})
