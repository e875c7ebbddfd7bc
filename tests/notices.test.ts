/** The notices name every package that is carried, under words that this project may give on. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { readNotices } from '../notices.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

it('stand for each package that the project depends on, and for what those bring along', async () => {
  const names = (await readNotices(root)).map(({ name }) => name)
  const project = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {
    readonly dependencies: Record<string, string>
    readonly devDependencies: Record<string, string>
  }
  for (const name of Object.keys(project.dependencies)) expect(names).toContain(name)
  // What htmlparser2 brings along.
  expect(names).toContain('domhandler')
  expect(names).not.toContain('eslint')
  expect(names).not.toContain('vitest')
})

it('carry the words of the licence, and none that forbids to give it on', async () => {
  const notices = await readNotices(root)
  const free = /^\(?(?:MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|MPL-2\.0)(?: OR [\w.-]+)?\)?$/
  expect(notices.filter(({ license }) => !free.test(license))).toEqual([])
  expect(notices.find(({ name }) => name === 'preact')?.text).toMatch(/MIT License[^]*Jason Miller/)
  const wordless = notices.filter(({ text }) => text === '').length
  expect(wordless).toBeLessThan(notices.length / 10)
})
