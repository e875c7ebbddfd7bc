/** What the database holds of photographs beside their records; see `photos.ts`. */
import type { ColumnType } from 'kysely'

/** A sealed chunk. Its key is in the record alone. */
export interface PhotoChunkTable {
  readonly stream: string
  readonly photo: string
  readonly index: number
  /** SHA-256 of the sealed bytes, hex. */
  readonly hash: string
  readonly size: number
  /** Null where it lies in a store of its own. */
  readonly body: Buffer | null
  readonly at: ColumnType<Date, Date | string, Date | string>
}

/** Chunks that are still to be taken out of a store of their own. */
export interface PhotoGoneTable {
  readonly stream: string
  readonly hash: string
}
