import { get, keys, set, update } from 'idb-keyval'
import type { StrictStore } from '#app/platform/strict-store.ts'

/** Where key entries lie. Writes are on the disk when they resolve. */
export interface KeyStore {
  get(key: string): Promise<unknown>
  all(): Promise<readonly unknown[]>
  set(key: string, value: unknown): Promise<void>
  /** Reads and writes in one transaction: two tabs take turns. */
  update(key: string, change: (before: unknown) => unknown): Promise<void>
}

export function createKeyStore(store: StrictStore): KeyStore {
  return {
    get: (key) => get<unknown>(key, store),
    async all() {
      // One by one: an entry that the disk does not give any more must not lock the other accounts out.
      const entries: unknown[] = []
      for (const key of await keys(store)) {
        const entry = await get<unknown>(key, store).catch(() => undefined)
        if (entry !== undefined) entries.push(entry)
      }
      return entries
    },
    set: (key, value) => set(key, value, store),
    update: (key, change) => update<unknown>(key, change, store),
  }
}
