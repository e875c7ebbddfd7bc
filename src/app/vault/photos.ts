/**
 * Photographs on disk: the sealed chunks as they travel, and what their records will say, sealed under the account's
 * key. A chunk stays below 64 kB, so it lies within the database and never as a file that the disk may lose
 * (decision 0042); it is stored as an ArrayBuffer.
 */
import type { PhotoShelf, ShelvedPhoto } from './photo-shelf.ts'
import { hasAll, readRow, readRows } from './read-rows.ts'
import type { ChunkRow, PhotoRow, VaultDatabase } from './schema.ts'
import type { Place, Sealer } from './sealer.ts'

export function createPhotoShelf(
  { db, photos, chunks }: VaultDatabase,
  sealer: Sealer,
): PhotoShelf {
  const open = async ({ id, state, at, size, box }: PhotoRow): Promise<ShelvedPhoto | null> => {
    const opened = await sealer.unseal(box, photoPlace(id))
    if (!opened.ok) return null
    const { stream, form, fields, hashes } = opened.value as ShelvedPhoto
    return { id, state, at, size, stream, form, fields, hashes }
  }

  const shelf: PhotoShelf = {
    async add({ id, state, at, size, stream, form, fields, hashes }, sealed) {
      const box = await sealer.seal({ stream, form, fields, hashes }, photoPlace(id))
      const rows = sealed.map((bytes, index): ChunkRow => ({
        ...{ photo: id, index },
        body: bytes.slice().buffer,
      }))
      await db.transaction('rw', [photos, chunks], async () => {
        await chunks.bulkPut(rows)
        await photos.put({ id, state, at, size, box })
      })
    },

    async list() {
      const { rows } = await readRows(photos, () => photos.toCollection(), isPhotoRow)
      const opened = (await Promise.all(rows.map(open))).filter((photo) => photo !== null)
      return opened.sort((a, b) => (a.fields.takenAt < b.fields.takenAt ? -1 : 1))
    },

    async chunk(photo, index) {
      const row = await readRow(chunks, [photo, index], isChunkRow)
      return row && row !== 'unreadable' ? new Uint8Array(row.body) : null
    },

    async mark(ids, state, at) {
      await photos
        .where(':id')
        .anyOf([...ids])
        .modify({ state, at })
    },

    async remove(ids) {
      await db.transaction('rw', [photos, chunks], async () => {
        for (const id of ids) await chunks.where('photo').equals(id).delete()
        await photos.bulkDelete([...ids])
      })
    },

    async takeFrom(other) {
      const held = new Set((await shelf.list()).map(({ id }) => id))
      for (const photo of await other.list()) {
        if (held.has(photo.id)) continue
        const found = await Promise.all(
          photo.hashes.map((_, index) => other.chunk(photo.id, index)),
        )
        const sealed = found.filter((chunk) => chunk !== null)
        if (sealed.length === found.length) await shelf.add(photo, sealed)
      }
    },
  }
  return shelf
}

const isPhotoRow = hasAll<PhotoRow>('id', 'state', 'at', 'size', 'box')
const isChunkRow = hasAll<ChunkRow>('photo', 'index', 'body')
const photoPlace = (id: string): Place => ['photo', id]
