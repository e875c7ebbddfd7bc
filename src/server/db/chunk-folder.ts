/**
 * Chunks of photographs as files of a folder, for offices with more of them than their database should hold. A file is
 * named by its hash, written beside, synced, and never changed: a copy of the folder takes each once.
 */
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { hashOf } from './photo-sealing.ts'
import type { ChunkStore } from './chunk-store.ts'

export function createFolderStore(folder: string): ChunkStore {
  const partOf = (hash: string) => join(folder, hash.slice(0, 2))
  const pathOf = (hash: string) => join(partOf(hash), hash)
  return {
    async keep(hash, bytes) {
      await mkdir(partOf(hash), { recursive: true, mode: 0o700 })
      const beside = `${pathOf(hash)}.${process.pid}.part`
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
      const bytes = await readFile(pathOf(hash)).catch(() => null)
      return bytes && hashOf(bytes) === hash ? bytes : null
    },
    async drop(hashes) {
      for (const hash of hashes) await rm(pathOf(hash), { force: true })
    },
  }
}
