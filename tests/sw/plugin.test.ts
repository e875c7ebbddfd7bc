import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { isLater, listFiles } from '#sw/plugin.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wuse-list-'))
  await mkdir(join(folder, 'assets'))
  await mkdir(join(folder, 'icons'))
  await writeFile(join(folder, 'assets/index-aaaa.js'), 'script')
  await writeFile(join(folder, 'assets/index-aaaa.js.map'), 'map')
  await writeFile(join(folder, 'icons/icon.svg'), 'icon')
  await writeFile(join(folder, 'index.html'), 'page')
  await writeFile(join(folder, 'sw.js'), 'an earlier worker')
})

afterEach(() => rm(folder, { recursive: true }))

const hashed = new Set(['assets/index-aaaa.js', 'assets/index-aaaa.js.map'])

it('lists the page, its scripts and the public files, without maps and the worker', async () => {
  const files = await listFiles(folder, hashed)
  expect(files.map(({ url }) => url)).toEqual([
    '/assets/index-aaaa.js',
    '/icons/icon.svg',
    '/index.html',
  ])
})

it('revises by content what keeps its name, and nothing else', async () => {
  const revisions = async () =>
    Object.fromEntries((await listFiles(folder, hashed)).map((file) => [file.url, file.revision]))
  const before = await revisions()
  await writeFile(join(folder, 'index.html'), 'another page')
  const after = await revisions()
  expect(before['/assets/index-aaaa.js']).toBeNull()
  expect(before['/icons/icon.svg']).toMatch(/^[0-9a-f]{16}$/)
  expect(after['/icons/icon.svg']).toBe(before['/icons/icon.svg'])
  expect(after['/index.html']).not.toBe(before['/index.html'])
})

it('says of each what it hashes to', async () => {
  const files = await listFiles(folder, hashed)
  const page = createHash('sha256').update('page').digest('base64')
  expect(files.find(({ url }) => url === '/index.html')?.integrity).toBe(`sha256-${page}`)
  expect(new Set(files.map(({ integrity }) => integrity)).size).toBe(files.length)
})

it('refuses a build without its page: the app could not start offline', async () => {
  await rm(join(folder, 'index.html'))
  await expect(listFiles(folder, hashed)).rejects.toThrow('no index.html')
})

it('leaves to later what few devices ever need', () => {
  expect(isLater({ url: '/assets/on-demand-other-books-aaaa.js' })).toBe(true)
  expect(isLater({ url: '/assets/later-aaaa.js' })).toBe(false)
  expect(isLater({ url: '/assets/index-aaaa.js' })).toBe(false)
})
