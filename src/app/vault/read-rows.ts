/**
 * Reading from a disk that may have lost something. Chromium keeps a large value as a file beside its database: where
 * that file is gone, cut or changed, every request that touches its row fails, or answers with no row at all. So what
 * cannot be read together is read row by row, and the rest opens.
 */
import { Dexie, type Collection, type IndexableType, type Table } from 'dexie'

export interface ReadRows<Row, Key> {
  /** In the order of the selection. */
  readonly rows: readonly Row[]
  /** Keys of the rows that could not be read, or that are no rows of this table any more. */
  readonly unreadable: readonly Key[]
}

/** `select` is asked anew for each try. `isRow` tells a whole row from what a damaged disk made of it. */
export async function readRows<Row extends object, Key extends IndexableType>(
  table: Table<Row, Key>,
  select: () => Collection<Row, Key>,
  isRow: (row: unknown) => row is Row,
): Promise<ReadRows<Row, Key>> {
  const together = await readable(() => select().toArray())
  if (together?.every(isRow)) return { rows: together, unreadable: [] }
  const rows: Row[] = []
  const unreadable: Key[] = []
  // Keys lie in the indexes, beside no value.
  for (const key of await select().primaryKeys()) {
    const row = await readRow(table, key, isRow)
    if (row === 'unreadable') unreadable.push(key)
    else if (row) rows.push(row)
  }
  return { rows, unreadable }
}

/** Undefined where there is none. Asked twice before it counts as unreadable: a disk may have been busy. */
export async function readRow<Row extends object, Key extends IndexableType>(
  table: Table<Row, Key>,
  key: Key,
  isRow: (row: unknown) => row is Row,
): Promise<Row | undefined | 'unreadable'> {
  for (let tries = 0; tries < 2; tries += 1) {
    const answer = await readable(async () => ({ row: await table.get(key) }))
    if (answer && isRow(answer.row)) return answer.row
    if (answer && (await table.where(':id').equals(key).count()) === 0) return undefined
  }
  return 'unreadable'
}

/** Null where the disk does not give it; a database that is closed is another matter. */
async function readable<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (isClosed(error)) throw error
    return null
  }
}

function isClosed(error: unknown): boolean {
  return error instanceof Dexie.DatabaseClosedError || error instanceof Dexie.InvalidStateError
}

/** An object that has all of these. */
export const hasAll =
  <Row extends object>(...fields: readonly (keyof Row & string)[]) =>
  (row: unknown): row is Row =>
    typeof row === 'object' && row !== null && fields.every((field) => field in row)
