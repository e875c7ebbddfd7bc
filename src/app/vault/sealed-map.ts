import type { Table } from 'dexie'
import { hasAll, readRow, readRows } from './read-rows.ts'
import type { NamedRow } from './schema.ts'
import type { Sealer } from './sealer.ts'

/** Small values by name; both are sealed. A value that cannot be read, or does not open, counts as absent. */
export interface SealedMap {
  all(): Promise<ReadonlyMap<string, unknown>>
  get(name: string): Promise<unknown>
  set(name: string, value: unknown): Promise<void>
  remove(name: string): Promise<void>
}

const isNamedRow = hasAll<NamedRow>('key', 'box')

export function createSealedMap(table: Table<NamedRow, string>, sealer: Sealer): SealedMap {
  /** Sealing takes a moment, and the later of two values must not be overtaken by the earlier one. */
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const mine = turn.then(act)
    turn = mine.catch(() => {})
    return mine
  }
  const place = (key: string) => [table.name, key]
  const open = async ({ key, box }: NamedRow) => {
    const opened = await sealer.unseal(box, place(key))
    return opened.ok ? (opened.value as readonly [string, unknown?]) : null
  }

  return {
    async all() {
      const { rows } = await readRows(table, () => table.toCollection(), isNamedRow)
      const opened = await Promise.all(rows.map(open))
      const values = new Map<string, unknown>()
      for (const pair of opened) if (pair) values.set(pair[0], pair[1])
      return values
    },
    async get(name) {
      const row = await readRow(table, await sealer.name(name), isNamedRow)
      return row && row !== 'unreadable' ? (await open(row))?.[1] : undefined
    },
    set: (name, value) =>
      inTurn(async () => {
        const key = await sealer.name(name)
        // An undefined value would come back as null.
        const box = await sealer.seal(value === undefined ? [name] : [name, value], place(key))
        await table.put({ key, box })
      }),
    remove: (name) => inTurn(async () => table.delete(await sealer.name(name))),
  }
}
