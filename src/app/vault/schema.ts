/**
 * The tables of one account's database. What stands outside the sealed boxes is ids, versions, states and moments:
 * nothing that a person could be known by. A change here is a new version with an upgrade from every released one.
 */
import Dexie, { type Table } from 'dexie'
import type { Bytes } from '#app/platform/sealing.ts'
import type { Problem } from '#protocol/problem.ts'

/** Records and changes of one stream with versions in (from, to], sealed; `n` is the order of writing. */
export interface PageRow {
  readonly n?: number
  readonly stream: string
  readonly epoch: number
  readonly from: number
  readonly to: number
  readonly reset: 0 | 1
  /** Records and changes inside. */
  readonly count: number
  readonly box: Bytes
}

export interface CursorRow {
  readonly stream: string
  readonly epoch: number
  readonly version: number
  /** The server's word for that version, opaque; none where an earlier version of the app or server wrote it. */
  readonly proof?: string
}

export type RowState = 'waiting' | 'delivered' | 'refused' | 'given-up'

/** One mutation. The box holds it without its seq, which is given when it is stored, and is bound to its id. */
export interface OutboxRow {
  readonly seq: number
  readonly id: string
  readonly batch: string | null
  readonly state: RowState
  readonly answeredAt: number | null
  /** The server's clock at its answer, milliseconds since 1970; none where an earlier version of the app wrote it. */
  readonly heardAt?: number
  readonly problem: Problem | null
  readonly box: Bytes
  /** What the server said about single fields, sealed. */
  readonly fields: Bytes | null
}

/** `key` is opaque; the box holds `[name, value]`. */
export interface NamedRow {
  readonly key: string
  readonly box: Bytes
}

/** A photograph; what its record will say is in the box. */
export interface PhotoRow {
  readonly id: string
  readonly state: 'draft' | 'waiting' | 'delivered' | 'refused'
  readonly at: number
  readonly size: number
  readonly box: Bytes
}

/** Sealed under the photograph's own key, as it travels. */
export interface ChunkRow {
  readonly photo: string
  readonly index: number
  readonly body: ArrayBuffer
}

export interface MetaRow {
  readonly key: 'next-seq'
  readonly value: number
}

export interface VaultDatabase {
  readonly db: Dexie
  readonly pages: Table<PageRow, number>
  readonly cursors: Table<CursorRow, string>
  readonly outbox: Table<OutboxRow, number>
  readonly drafts: Table<NamedRow, string>
  readonly notes: Table<NamedRow, string>
  readonly photos: Table<PhotoRow, string>
  readonly chunks: Table<ChunkRow, (string | number)[]>
  readonly meta: Table<MetaRow, string>
}

/** Another IndexedDB than the browser's, for tests. */
export interface DatabaseFactory {
  readonly indexedDB: IDBFactory
  readonly IDBKeyRange: typeof IDBKeyRange
}

/** `book` counts the databases that an account had here: another one is begun where the last would not open. */
export const databaseName = (account: string, book = 0) =>
  book === 0 ? `wuse-${account}` : `wuse-${account}-${book}`

export function createDatabase(
  account: string,
  book: number,
  factory?: DatabaseFactory,
): VaultDatabase {
  const db = new Dexie(databaseName(account, book), {
    // Chromium's default, relaxed, loses acknowledged writes in a power cut. Pages are written strictly too, though the
    // server has them: Chromium keeps a value above 64 kB as a file of its own, and the next strict save would sync
    // the row that names the file and not the file (decision 0042).
    chromeTransactionDurability: 'strict',
    ...factory,
  })
  db.version(1).stores({
    pages: '++n, [stream+count]',
    cursors: 'stream',
    outbox: 'seq, &id, [state+seq]',
    drafts: 'key',
    notes: 'key',
    meta: 'key',
  })
  db.version(2).stores({ photos: 'id', chunks: '[photo+index], photo' })
  return {
    db,
    pages: db.table('pages'),
    cursors: db.table('cursors'),
    outbox: db.table('outbox'),
    drafts: db.table('drafts'),
    notes: db.table('notes'),
    photos: db.table('photos'),
    chunks: db.table('chunks'),
    meta: db.table('meta'),
  }
}
