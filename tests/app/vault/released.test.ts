/**
 * Databases as each released version left them, with work that was not sent: whatever version comes after opens them
 * with every row. A golden file is never edited; a version that changes the tables adds one of its own, made by
 * `WUSE_GOLDEN=1 npx vitest run --project unit tests/app/vault/released.test.ts` before the change.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { databaseName } from '#app/vault/schema.ts'
import type { DatabaseFactory } from '#app/vault/schema.ts'
import {
  account,
  createFactory,
  grid,
  loadAll,
  mutationOf,
  openRaw,
  openTestVault,
  otherGrid,
  pageOf,
  rowsOf,
} from './open-test-vault.ts'

interface StoredTable {
  readonly name: string
  readonly keyPath: string | readonly string[] | null
  readonly autoIncrement: boolean
  readonly indexes: readonly {
    readonly name: string
    readonly keyPath: string | readonly string[]
    readonly unique: boolean
  }[]
  readonly rows: readonly unknown[]
}
interface StoredDatabase {
  readonly version: number
  readonly tables: readonly StoredTable[]
}

const folder = new URL('golden/', import.meta.url)

/** The same work in every golden file: two pages, one delivered, one refused, a batch that waits, a draft, a note. */
async function work(factory: DatabaseFactory): Promise<void> {
  const vault = await openTestVault(factory)
  await vault.addPages([pageOf(0, 3), pageOf(0, 2, { stream: otherGrid })])
  const batch = mutationOf(90).id
  await vault.save([mutationOf(1), mutationOf(2)])
  await vault.save([mutationOf(3, { batch }), mutationOf(4, { batch })])
  await vault.settle(
    [
      { id: mutationOf(1).id, seq: 1, ok: true, version: 7 },
      { id: mutationOf(2).id, seq: 2, ok: false, problem: 'record-gone' },
    ],
    1_000,
  )
  await vault.setDraft('form', { name: '样本' })
  await vault.setNote('sync', { pulledAt: 5 })
  vault.close()
}

it.each(readdirSync(folder))('%s opens, with all its work', async (file) => {
  const factory = createFactory()
  await put(factory, JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as StoredDatabase)
  const vault = await openTestVault(factory)
  expect((await vault.outbox(true)).map(({ mutation, state }) => [mutation.seq, state])).toEqual([
    [1, 'delivered'],
    [2, 'refused'],
    [3, 'waiting'],
    [4, 'waiting'],
  ])
  expect(await vault.nextWaiting(10)).toEqual([
    { ...mutationOf(3, { batch: mutationOf(90).id }), seq: 3 },
    { ...mutationOf(4, { batch: mutationOf(90).id }), seq: 4 },
  ])
  expect(await vault.damagedOutbox()).toEqual([])
  const { pages, damaged } = await loadAll(vault)
  expect(damaged).toEqual([])
  expect(pages.map(({ stream, to }) => [stream, to])).toEqual([
    [grid, 3],
    [otherGrid, 2],
  ])
  expect(await vault.cursors()).toEqual({
    [grid]: { epoch: 1, version: 3 },
    [otherGrid]: { epoch: 1, version: 2 },
  })
  expect(await vault.drafts()).toEqual(new Map([['form', { name: '样本' }]]))
  expect(await vault.note('sync')).toEqual({ pulledAt: 5 })
  expect(await vault.save([mutationOf(5)])).toMatchObject([{ seq: 5 }])
  vault.close()
})

it('there is a golden file of the tables as they are now', async () => {
  const factory = createFactory()
  await work(factory)
  const now = await take(factory)
  if (process.env.WUSE_GOLDEN) {
    writeFileSync(new URL(`v${now.version}.json`, folder), `${JSON.stringify(now, null, 1)}\n`)
  }
  const file = new URL(`v${now.version}.json`, folder)
  const golden = JSON.parse(readFileSync(file, 'utf8')) as StoredDatabase
  const shapeOf = ({ tables }: StoredDatabase) =>
    tables.map(({ rows, ...table }) => ({ ...table, rows: rows.length }))
  expect(shapeOf(now)).toEqual(shapeOf(golden))
})

async function take(factory: DatabaseFactory): Promise<StoredDatabase> {
  const db = await openRaw(factory, databaseName(account))
  const tables: StoredTable[] = []
  for (const name of Array.from(db.objectStoreNames)) {
    const store = db.transaction(name).objectStore(name)
    const indexes = Array.from(store.indexNames).map((index) => {
      const { keyPath, unique } = store.index(index)
      return { name: index, keyPath, unique }
    })
    const { keyPath, autoIncrement } = store
    const rows = (await rowsOf(db, name)).map(toText)
    tables.push({ name, keyPath, autoIncrement, indexes, rows })
  }
  const { version } = db
  db.close()
  return { version, tables }
}

function put(factory: DatabaseFactory, { version, tables }: StoredDatabase): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = factory.indexedDB.open(databaseName(account), version)
    request.onerror = () => reject(request.error ?? new Error('not opened'))
    request.onupgradeneeded = () => {
      for (const { name, keyPath, autoIncrement, indexes, rows } of tables) {
        const store = request.result.createObjectStore(name, {
          keyPath: keyPath as string | string[] | null,
          autoIncrement,
        })
        for (const { name, keyPath, unique } of indexes) {
          store.createIndex(name, keyPath as string | string[], { unique })
        }
        for (const row of rows) store.add(fromText(row))
      }
    }
    request.onsuccess = () => {
      request.result.close()
      resolve()
    }
  })
}

/** Boxes as base64, since JSON knows no bytes. */
function toText(row: object): unknown {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]: [string, unknown]) => [
      name,
      value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value,
    ]),
  )
}

function fromText(row: unknown): unknown {
  return Object.fromEntries(
    Object.entries(row as object).map(([name, value]: [string, unknown]) => {
      const isBox = typeof value === 'object' && value !== null && 'base64' in value
      return [name, isBox ? new Uint8Array(Buffer.from(String(value.base64), 'base64')) : value]
    }),
  )
}
