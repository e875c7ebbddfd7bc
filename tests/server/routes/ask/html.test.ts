/** The resident's page, the parts without a database: every word escaped, its own name, its own files, and what a form says. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { mostWords } from '#domain/ask/said.ts'
import { noFiles, readAskFiles } from '#server/routes/ask/files.ts'
import {
  dayOf,
  frame,
  isToday,
  languageOf,
  momentOf,
  problemPage,
  saidIn,
} from '#server/routes/ask/html.ts'
import { askAddress, isAskedOf } from '#server/routes/ask/origin.ts'
import { readSaying } from '#server/routes/ask/say.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})
const chinese = saidIn('zh-CN', noFiles)
const english = saidIn('en', noFiles)

describe('a page that strangers see', () => {
  it('escapes every word that somebody else wrote', async () => {
    const page = String(await frame(chinese, '<script>alert(1)</script>', '' as never, '/?l="><b>'))
    expect(page).not.toContain('<script>alert')
    expect(page).toContain('&lt;script&gt;')
    expect(page).not.toContain('"><b>')
    expect(page).toContain('name="robots" content="noindex, nofollow"')
    expect(page).toContain('name="referrer" content="no-referrer"')
  })

  it('says what is wrong, whom to call, and leads back', async () => {
    const page = String(
      await problemPage(chinese, 'no-words', { telephone: '0571 1234-5678', back: '/c/x' }),
    )
    expect(page).toContain('role="alert"')
    expect(page).toContain('href="tel:057112345678"')
    expect(page).toContain('href="/c/x"')
    expect(String(await problemPage(chinese, 'no-words'))).not.toContain('class="call"')
  })

  it('tells days and moments of China in its language', () => {
    expect(momentOf(chinese, '2026-11-24T17:30:00.000Z')).toMatch(/11月25日.*01:30$/)
    expect(momentOf(english, Date.UTC(2026, 10, 24, 17, 30), false)).toMatch(/25 November/)
    expect(dayOf(english, '2026-11-25')).toMatch(/Wed/)
    expect(isToday('2026-11-24T17:30:00.000Z', Date.UTC(2026, 10, 25, 10))).toBe(true)
    expect(isToday('2026-11-24T15:30:00.000Z', Date.UTC(2026, 10, 25, 10))).toBe(false)
  })

  it('speaks what was asked for, then what the browser speaks, then Chinese', () => {
    expect(languageOf('zh-CN', 'en')).toBe('zh-CN')
    expect(languageOf(undefined, 'en-GB,zh;q=0.8')).toBe('en')
    expect(languageOf('xx', 'fr')).toBe('zh-CN')
  })
})

describe('where the page is', () => {
  const asked = (host: string, more: Record<string, string> = {}) =>
    new Request('http://inner.test:8080/c/x', { headers: { host, ...more } })
  const own = { origin: 'https://ask.example.cn', port: null, dir: null }

  it('is its own name, and whatever a proxy says only behind one that the office named', () => {
    expect(isAskedOf(own, asked('ASK.example.cn'))).toBe(true)
    expect(isAskedOf(own, asked('office.example.cn'))).toBe(false)
    const forwarded = asked('inner', { 'x-forwarded-host': 'ask.example.cn' })
    expect(isAskedOf(own, forwarded)).toBe(false)
    expect(isAskedOf({ ...own, isBehindProxies: true }, forwarded)).toBe(true)
  })

  it('is a port of its own where there is no name, on which this server hears nothing', () => {
    const port = { origin: null, port: 8443, dir: null }
    expect(isAskedOf(port, asked('ask.example.cn'))).toBe(false)
    expect(askAddress(port, asked('x'))).toBe('http://inner.test:8443')
    expect(askAddress(own, asked('x'))).toBe('https://ask.example.cn')
  })
})

describe('its script and style', () => {
  const folderWith = (manifest: string | null) => {
    const folder = mkdtempSync(join(tmpdir(), 'wuse-ask-'))
    folders.push(folder)
    if (manifest !== null) writeFileSync(join(folder, 'manifest.json'), manifest)
    return folder
  }

  it('are those of the build', () => {
    const built = { 'src/ask/main.ts': { file: 'a.js', css: ['a.css'] }, other: { file: 'b.js' } }
    expect(readAskFiles(folderWith(JSON.stringify(built)))).toEqual({
      ...{ scripts: ['/a.js'], styles: ['/a.css'] },
    })
  })

  it('are none where nothing was built: every page works without', () => {
    for (const manifest of [null, '[]', '{}'])
      expect(readAskFiles(folderWith(manifest))).toEqual(noFiles)
    expect(readAskFiles(null)).toEqual(noFiles)
  })
})

describe('what somebody says of the own request', () => {
  it('needs words for a note and an answer for a rating', () => {
    expect(readSaying({ act: 'note', words: '  ' })).toEqual({ problem: 'no-words' })
    expect(readSaying({ act: 'note', words: 'x'.repeat(mostWords + 1) })).toEqual({
      problem: 'too-large',
    })
    expect(readSaying({ act: 'rate' })).toBeNull()
    expect(readSaying({ act: 'rate', content: 'partly', solved: 'yes' })).toMatchObject({
      ...{ act: 'rate', content: 'partly', isSolved: true, words: null },
    })
  })

  it('is nothing where the form is none of ours', () => {
    for (const form of [
      {},
      { act: 'burn' },
      { act: 'note', words: ['a'] },
      { act: 'undo', after: 'x' },
    ]) {
      expect(readSaying(form), JSON.stringify(form)).toBeNull()
    }
    expect(readSaying({ act: 'undo', after: '' })).toMatchObject({ after: null, words: null })
  })
})
