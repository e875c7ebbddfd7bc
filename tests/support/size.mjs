import { readFile } from 'node:fs/promises'
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
