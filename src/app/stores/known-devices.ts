/** The office's devices as they were last heard of: several pages show them, and only a connection brings them. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ListedDevice } from '#protocol/device.ts'
import type { OfficeActs, OfficeAnswer } from './app.ts'

type Problem = Extract<OfficeAnswer<unknown>, { ok: false }>['problem']

export interface KnownDevices {
  readonly list: readonly ListedDevice[]
  readonly state: 'asking' | 'known' | Problem
  load(): Promise<void>
}

const stores = new WeakMap<OfficeActs, StoreApi<KnownDevices>>()

export function devicesOf(acts: OfficeActs): StoreApi<KnownDevices> {
  const held = stores.get(acts)
  if (held) return held
  const made = createStore<KnownDevices>((set) => {
    let asking: Promise<void> | null = null
    const ask = async () => {
      set({ state: 'asking' })
      const answer = await acts.devices()
      asking = null
      // What was heard before is no longer sure: it is not shown as if it were.
      if (answer.ok) set({ list: answer.value, state: 'known' })
      else set({ list: [], state: answer.problem })
    }
    return { list: [], state: 'asking', load: () => (asking ??= ask()) }
  })
  stores.set(acts, made)
  return made
}
