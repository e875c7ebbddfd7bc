import { createStore, get, set } from 'idb-keyval'

/** Small open values of the device, nobody's in particular: language, size of text. */
export interface Settings {
  get(key: string): Promise<unknown>
  set(key: string, value: unknown): Promise<void>
}

export function createSettings(): Settings {
  const store = createStore('wuse-settings', 'values')
  return {
    get: (key) => get<unknown>(key, store),
    set: (key, value) => set(key, value, store),
  }
}
