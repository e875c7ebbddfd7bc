/** What a disk can do to the files in which Chromium keeps the large values of a profile's databases. */
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Files of large values, in a fixed order. */
export async function largeValues(profile: string): Promise<string[]> {
  const folder = join(profile, 'Default', 'IndexedDB')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && entry.parentPath.includes('.blob'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

export const damages = {
  emptied: (file: string) => truncate(file, 0),
  async halved(file: string) {
    await truncate(file, Math.floor((await readFile(file)).length / 2))
  },
  /** One bit in the middle is another. */
  async changed(file: string) {
    const bytes = await readFile(file)
    const middle = Math.floor(bytes.length / 2)
    bytes[middle] = (bytes[middle] ?? 0) ^ 1
    await writeFile(file, bytes)
  },
  /** The first byte, which says what kind of value the rest is. */
  async beheaded(file: string) {
    const bytes = await readFile(file)
    bytes[0] = (bytes[0] ?? 0) ^ 0xff
    await writeFile(file, bytes)
  },
}
