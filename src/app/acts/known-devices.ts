/** The office's devices as they were last heard of: several pages show them, and only a connection brings them. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ListedDevice } from '#protocol/device.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'

type Problem = Extract<OfficeAnswer<unknown>, { ok: false }>['problem']

export interface KnownDevices {
  readonly list: readonly ListedDevice[]
  readonly state: 'asking' | 'known' | Problem
  load(): Promise<void>
}

type Parts = Pick<DeviceParts, 'officeActs' | 'session'>

const stores = new WeakMap<object, StoreApi<KnownDevices>>()

export function devicesOf(app: Parts): StoreApi<KnownDevices> {
  const held = stores.get(app)
  if (held) return held
  const unknown = { list: [], state: 'asking' } as const
  let round = 0
  let asking: Promise<void> | null = null
  const made = createStore<KnownDevices>((set) => {
    const ask = async () => {
      const mine = round
      set({ state: 'asking' })
      const answer = await app.officeActs.devices()
      if (mine !== round) return
      asking = null
      // What was heard before is no longer sure: it is not shown as if it were.
      if (answer.ok) set({ list: answer.value, state: 'known' })
      else set({ list: [], state: answer.problem })
    }
    return { ...unknown, load: () => (asking ??= ask()) }
  })
  // Locked: nothing of anybody stays in memory, and whoever comes next may see others.
  app.session.subscribe(({ phase }) => {
    if (phase === 'open') return
    round += 1
    asking = null
    made.setState(unknown)
  })
  stores.set(app, made)
  return made
}
