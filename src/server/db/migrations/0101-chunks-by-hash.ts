import type { LaterIndex } from '../indexes.ts'

/** Whether any row names a chunk that lies beside the database: the sweep of such a store asks for each. */
export const indexes: readonly LaterIndex[] = [
  {
    name: 'photo_chunk_hash',
    on: 'photo_chunk',
    by: '(hash) where body is null',
  },
]
