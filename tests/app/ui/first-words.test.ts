/** What is fetched before the first screen: it must get by with the words that are fetched with it. */
import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { laterWords } from '#app/ui/words/zh-CN/later.ts'
import { importToFile, readImports } from '#tests/support/imports.ts'

/** Every file of ours that the browser fetches together with this one. */
function fetchedWith(entry: string): Map<string, string> {
  const files = new Map<string, string>()
  const waiting = [entry]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file) || !existsSync(file)) continue
    const text = readFileSync(file, 'utf8')
    files.set(file, text)
    for (const { specifier, when } of readImports(file, text)) {
      const found = when === 'load' ? importToFile(file, specifier) : null
      if (found) waiting.push(found)
    }
  }
  return files
}

it('asks for no words that come later', () => {
  const files = fetchedWith('src/app/main.tsx')
  expect(files.size).toBeGreaterThan(60)
  expect([...files.keys()]).not.toContain('src/app/ui/words/zh-CN/later.ts')
  const later = new RegExp(`\\bwords\\.(?:${Object.keys(laterWords).join('|')})\\b`)
  expect([...files].flatMap(([file, text]) => (later.test(text) ? [file] : []))).toEqual([])
  expect(later.test('words.household.fix')).toBe(true)
})
