/**
 * Chunks of photographs as files of a folder, for offices with more of them than their database should hold. A file is
 * named by its hash, written beside, synced, and never changed: a copy of the folder takes each once.
 */
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { hashOf } from './photo-sealing.ts'
import { asideMs, freshMs, sweptAtOnce, type ChunkStore, type NamedHashes } from './chunk-store.ts'

export function createFolderStore(folder: string): ChunkStore {
  let written = 0
  const partOf = (hash: string) => join(folder, hash.slice(0, 2))
  const pathOf = (hash: string) => join(partOf(hash), hash)
  /** What no row named when somebody looked last. */
  const aside = join(folder, 'aside')
  return {
    async keep(hash, bytes) {
      await mkdir(partOf(hash), { recursive: true, mode: 0o700 })
      // One that comes twice at once, since its first answer was lost, is written twice: neither cuts the other's file.
      written += 1
      const beside = `${pathOf(hash)}.${process.pid}-${written}.part`
      const file = await open(beside, 'w', 0o600)
      try {
        await file.writeFile(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(beside, pathOf(hash))
      const parent = await open(partOf(hash))
      try {
        await parent.sync()
      } finally {
        await parent.close()
      }
      return null
    },
    async read(hash, body) {
      // What came before the folder was set stays in its row.
      if (body) return body
      const bytes =
        (await readFile(pathOf(hash)).catch(() => null)) ??
        (await readFile(join(aside, hash)).catch(() => null))
      return bytes && hashOf(bytes) === hash ? bytes : null
    },
    async drop(hashes) {
      for (const hash of hashes) {
        await rm(pathOf(hash), { force: true })
        await rm(join(aside, hash), { force: true })
      }
    },
    async sweep(named, now) {
      await mkdir(aside, { recursive: true, mode: 0o700 })
      const parts = (await readdir(folder)).filter((name) => /^[0-9a-f]{2}$/.test(name))
      for (const part of parts) {
        const old = await olderThan(join(folder, part), now - freshMs)
        // One that was being written when the server ended is no chunk.
        for (const name of old.filter((one) => !isHash(one))) {
          await rm(join(folder, part, name), { force: true })
        }
        for (const hash of await without(old.filter(isHash), named)) {
          await rename(pathOf(hash), join(aside, hash))
          await utimes(join(aside, hash), now / 1_000, now / 1_000)
        }
      }
      // A row names it again: the database was put back meanwhile.
      const held = (await readdir(aside)).filter(isHash)
      const unnamed = new Set(await without(held, named))
      for (const hash of held.filter((one) => !unnamed.has(one))) {
        await mkdir(partOf(hash), { recursive: true, mode: 0o700 })
        await rename(join(aside, hash), pathOf(hash))
      }
      for (const hash of await olderThan(aside, now - asideMs)) {
        if (unnamed.has(hash)) await rm(join(aside, hash), { force: true })
      }
    },
  }
}

const isHash = (name: string): boolean => /^[0-9a-f]{64}$/.test(name)

/** Names in a folder of what was written last before a moment. */
async function olderThan(folder: string, before: number): Promise<readonly string[]> {
  const old: string[] = []
  for (const name of await readdir(folder)) {
    const found = await stat(join(folder, name)).catch(() => null)
    if (found?.isFile() && found.mtimeMs < before) old.push(name)
  }
  return old
}

async function without(hashes: readonly string[], named: NamedHashes): Promise<readonly string[]> {
  const left: string[] = []
  for (let from = 0; from < hashes.length; from += sweptAtOnce) {
    const some = hashes.slice(from, from + sweptAtOnce)
    const known = await named(some)
    left.push(...some.filter((hash) => !known.has(hash)))
  }
  return left
}
