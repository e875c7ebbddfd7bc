/** Puts the databases of a golden device into an IndexedDB, keys as keys and bytes as bytes. */
import type { StoredDatabase, StoredValue } from './golden.ts'

export async function putDatabases(
  factory: IDBFactory,
  databases: readonly StoredDatabase[],
): Promise<void> {
  for (const { name, version, stores } of databases) {
    const ready = await Promise.all(
      stores.map(async (store) => ({ ...store, rows: await Promise.all(store.rows.map(toRow)) })),
    )
    await new Promise<void>((resolve, reject) => {
      const request = factory.open(name, version)
      request.onerror = () => reject(request.error ?? new Error('not opened'))
      request.onupgradeneeded = () => {
        for (const { name: own, keyPath, autoIncrement, indexes, rows } of ready) {
          const store = request.result.createObjectStore(own, {
            keyPath: keyPath as string | string[] | null,
            autoIncrement,
          })
          for (const index of indexes) {
            const { unique } = index
            store.createIndex(index.name, index.keyPath as string | string[], { unique })
          }
          for (const [key, value] of rows) {
            if (keyPath === null) store.add(value, key as IDBValidKey)
            else store.add(value)
          }
        }
      }
      request.onsuccess = () => {
        request.result.close()
        resolve()
      }
    })
  }
}

const toRow = async ([key, value]: readonly [StoredValue, StoredValue]) =>
  [await toValue(key), await toValue(value)] as const

const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))

async function toValue(value: StoredValue): Promise<unknown> {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return Promise.all(value.map((one: StoredValue) => toValue(one)))
  const held = value as Readonly<Record<string, StoredValue>>
  if (typeof held['$bytes'] === 'string') return bytesOf(held['$bytes'])
  if (typeof held['$key'] === 'string') {
    const { algorithm, usages } = held
    const form = algorithm === 'HMAC' ? { name: 'HMAC', hash: 'SHA-256' } : { name: 'AES-GCM' }
    // A key whose bytes could not be read stands for itself by others: nothing that is read needs them.
    const raw = held['$key'] === '' ? new Uint8Array(32) : bytesOf(held['$key'])
    return crypto.subtle.importKey('raw', raw, form, false, usages as unknown as KeyUsage[])
  }
  const entries: [string, unknown][] = []
  for (const [name, one] of Object.entries(held)) entries.push([name, await toValue(one)])
  return Object.fromEntries(entries)
}
