import { get, set, update, values } from 'idb-keyval'
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
    all: () => values<unknown>(store),
    set: (key, value) => set(key, value, store),
    update: (key, change) => update<unknown>(key, change, store),
  }
}
