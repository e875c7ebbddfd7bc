/** A vault over an IndexedDB in memory, and what the tests put into it. Nobody in here is a real person. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { rawToDataKey, type DataKey } from '#app/platform/device-keys.ts'
import { openVault } from '#app/vault/open-vault.ts'
import type { DatabaseFactory } from '#app/vault/schema.ts'
import type { Vault, Unnumbered } from '#app/vault/vault.ts'
import type { PageLine } from '#protocol/pull.ts'

export const account = '01890000-0000-7000-8000-00000000a001'
export const device = '01890000-0000-7000-8000-00000000d001'
export const grid = '01890000-0000-7000-8000-000000005001'
export const otherGrid = '01890000-0000-7000-8000-000000005002'

export const createFactory = (): DatabaseFactory => ({ indexedDB: new IDBFactory(), IDBKeyRange })

export const dataKeyOf = (seed: number): Promise<DataKey> =>
  rawToDataKey(new Uint8Array(32).fill(seed))

export async function openTestVault(factory: DatabaseFactory, seed = 1): Promise<Vault> {
  return openVault({ account, device, dataKey: await dataKeyOf(seed), factory })
}

/** The same number gives the same id. */
export const idOf = (number: number) =>
  `01890000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`

export function mutationOf(number: number, changes: Partial<Unnumbered> = {}): Unnumbered {
  return {
    id: idOf(0xb0000 + number),
    device,
    at: '2026-11-23T06:32:00.000Z',
    batch: null,
    stream: grid,
    kind: 'resident',
    record: idOf(number),
    op: 'create',
    fields: { name: '样本张三', documentNumber: '200101199001011234' },
    seen: 0,
    ...changes,
  }
}

export function recordOf(number: number, version: number, name = `样本${number}`) {
  return { kind: 'resident' as const, id: idOf(number), version, fields: { name } }
}

export function changeOf(number: number, version: number) {
  return {
    id: idOf(0xc0000 + version),
    record: idOf(number),
    version,
    op: 'patch' as const,
    at: '2026-11-23T06:32:00.000Z',
    fields: { name: ['样本旧名', `样本${number}`] as [unknown, unknown] },
  }
}

/** A page of one new record a version. */
export function pageOf(from: number, to: number, changes: Partial<PageLine> = {}): PageLine {
  const records = Array.from({ length: to - from }, (_, index) =>
    recordOf(from + index + 1, from + index + 1),
  )
  return { type: 'page', stream: grid, epoch: 1, from, to, records, changes: [], ...changes }
}

export async function loadAll(vault: Vault) {
  const pages: PageLine[] = []
  const { damaged } = await vault.load((more) => pages.push(...more))
  return { pages, damaged }
}

/** The same stream by stream, as behind a first screen. */
export async function loadByStream(vault: Vault) {
  const pages: PageLine[] = []
  const damaged: string[] = []
  for (const stream of await vault.streams()) {
    const said = await vault.load((more) => pages.push(...more), [stream])
    damaged.push(...said.damaged)
  }
  return { pages, damaged }
}

/** What a register makes of pages: the last state of each record, every change once, as the order of loading has it. */
export function foldPages(pages: readonly PageLine[]) {
  const streams = new Map<
    string,
    { epoch: number; to: number; records: Map<string, unknown>; changes: Map<string, unknown> }
  >()
  for (const page of pages) {
    let held = streams.get(page.stream)
    if (!held || page.reset) {
      held = { epoch: page.epoch, to: 0, records: new Map(), changes: new Map() }
      streams.set(page.stream, held)
    }
    held.epoch = page.epoch
    held.to = page.to
    for (const record of page.records) held.records.set(record.id, record)
    for (const change of page.changes) held.changes.set(change.id, change)
  }
  return streams
}

/** Everything that lies in a database, as one text and one string of bytes. */
export async function rawDump(factory: DatabaseFactory, name: string): Promise<string> {
  const db = await openRaw(factory, name)
  let dump = ''
  for (const table of Array.from(db.objectStoreNames)) {
    for (const row of await rowsOf(db, table)) dump += rowToText(row)
  }
  db.close()
  return dump
}

export function openRaw(factory: DatabaseFactory, name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.indexedDB.open(name)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('not opened'))
  })
}

export function rowsOf(db: IDBDatabase, table: string): Promise<Record<string, unknown>[]> {
  return new Promise((resolve, reject) => {
    const request = db.transaction(table).objectStore(table).getAll()
    request.onsuccess = () => resolve(request.result as Record<string, unknown>[])
    request.onerror = () => reject(request.error ?? new Error('not read'))
  })
}

export function putRow(db: IDBDatabase, table: string, row: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(table, 'readwrite')
    transaction.objectStore(table).put(row)
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new Error('not put'))
  })
}

function rowToText(value: unknown): string {
  if (value instanceof Uint8Array) {
    return `${Buffer.from(value).toString('utf8')} ${Buffer.from(value).toString('utf16le')} `
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([key, inner]) => `${key} ${rowToText(inner)}`)
      .join(' ')
  }
  return `${String(value)} `
}
