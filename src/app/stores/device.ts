/** The device around the app: a newer version, a place on the home screen, room on the disk. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { App, DeviceState } from './app.ts'

export interface DevicePieces {
  readonly watchForUpdate: (onWaiting: () => void) => { activate(): void }
  readonly watchInstall: (onChange: (installable: boolean) => void) => { install(): Promise<void> }
  readonly storage: {
    /** Null where the browser does not say. */
    estimate(): Promise<DeviceState['storage']>
    /** Asks the browser not to evict this app's data. */
    persist(): Promise<boolean>
  }
}

export interface DeviceStore {
  readonly store: StoreApi<DeviceState>
  readonly acts: App['deviceActs']
  /** Looks anew at how much room is used. */
  measure(): Promise<void>
}

export function createDevice(pieces: DevicePieces): DeviceStore {
  const store = createStore<DeviceState>(() => ({
    updateReady: false,
    installable: false,
    storage: null,
  }))
  const update = pieces.watchForUpdate(() => store.setState({ updateReady: true }))
  const offer = pieces.watchInstall((installable) => store.setState({ installable }))
  const measure = async () => store.setState({ storage: await pieces.storage.estimate() })
  return {
    store,
    acts: {
      activateUpdate: () => update.activate(),
      install: () => offer.install(),
      async persist() {
        await pieces.storage.persist()
        await measure()
      },
    },
    measure,
  }
}
