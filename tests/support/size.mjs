import { readdir, readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'

/** Design §8: at most 70 kB, kilobytes of 1,000 bytes. */
export const firstScreenBudget = 70_000

/**
 * The script that the browser fetches before it can draw the first screen: the entry and all that it imports at
 * once, which Vite names in the built page.
 *
 * @param {URL} app the folder of the built app, ending in /
 * @returns {Promise<{ files: string[], bytes: number }>} bytes compressed by gzip
 */
export async function firstScreenScript(app = new URL('../../dist/app/', import.meta.url)) {
  const page = await readFile(new URL('index.html', app), 'utf8')
  const tags = page.match(/<(?:script|link rel="modulepreload")[^>]*>/g) ?? []
  const files = tags.map((tag) => /(?:src|href)="\/([^"]+)"/.exec(tag)?.[1] ?? '')
  if (!files.some((file) => file.endsWith('.js'))) throw new Error('the built page has no script')
  const sizes = files.map(async (file) => gzipSync(await readFile(new URL(file, app))).length)
  return { files, bytes: (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) }
}

/** A device keeps each by itself, one after the other: fewer are sooner there (docs/decisions/0100). */
export const keptFilesBudget = 110

/**
 * How many files a device keeps when it installs the app: what the service worker's list names.
 *
 * @param {URL} app the folder of the built app, ending in /
 */
export async function keptFiles(app = new URL('../../dist/app/', import.meta.url)) {
  const names = await readdir(app, { recursive: true })
  return names.filter(
    (name) =>
      /\.[a-z0-9]+$/.test(name) &&
      !/^assets\/on-demand-|^screenshots\/|\.map$|^sw\.js$|^notices\.json$/.test(name),
  ).length
}

/** Of the resident's page: its first script, and each that comes on demand. */
export const askBudget = 15_000

/**
 * The scripts of the resident's page: the first with all that it imports at once, and the others.
 *
 * @param {URL} ask the folder of the built page, ending in /
 * @returns {Promise<{ first: number, others: { file: string, bytes: number }[] }>} bytes compressed by gzip
 */
export async function askScripts(ask = new URL('../../dist/ask/', import.meta.url)) {
  /** @type {Record<string, { file: string, isEntry?: boolean, imports?: string[] }>} */
  const manifest = JSON.parse(await readFile(new URL('manifest.json', ask), 'utf8'))
  const entry = Object.values(manifest).find(({ isEntry }) => isEntry)
  if (!entry) throw new Error('the built page has no script')
  const firsts = [entry.file, ...(entry.imports ?? []).map((name) => manifest[name]?.file ?? '')]
  const sizeOf = async (/** @type {string} */ file) =>
    gzipSync(await readFile(new URL(file, ask))).length
  const sizes = await Promise.all(firsts.map(sizeOf))
  const names = await readdir(new URL('assets/', ask))
  const files = names.map((name) => `assets/${name}`).filter((file) => file.endsWith('.js'))
  const others = files.filter((file) => !firsts.includes(file))
  return {
    first: sizes.reduce((sum, size) => sum + size, 0),
    others: await Promise.all(others.map(async (file) => ({ file, bytes: await sizeOf(file) }))),
  }
}
