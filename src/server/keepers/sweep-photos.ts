/**
 * Chunks in a store beside the database that no row names: a crash between the two left them, or a row went and its
 * file stayed. Once a day they are laid aside, and after thirty days they are gone: a database that is put back from
 * an older backup, and then from the newer one, still finds what it names.
 */
import type { Kysely } from 'kysely'
import type { ChunkStore } from '../db/chunk-store.ts'
import { hashesNamed } from '../db/photos.ts'
import type { Database } from '../db/schema.ts'

const everyMs = 86_400_000

/** Looks once a day, from when this server began; the pass is asked more often. */
export function createPhotoSweep(
  db: Kysely<Database>,
  store: ChunkStore,
  clock: { now(): number },
): () => Promise<void> {
  let next = clock.now()
  return async () => {
    if (clock.now() < next) return
    await store.sweep((hashes) => hashesNamed(db, hashes), clock.now())
    next = clock.now() + everyMs
  }
}
