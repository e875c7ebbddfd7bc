/** The device around the app: a newer version, a place on the home screen, room on the disk. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { AppFiles } from '#app/platform/app-files.ts'
import type { Clock } from '#app/platform/clock.ts'
import type { HomeScreenStep } from '#app/platform/install.ts'
import type { Settings } from '#app/vault/settings.ts'

export interface DeviceState {
  /** A new version waits; `activate` takes it when no form is open. */
  readonly updateReady: boolean
  readonly installable: boolean
  /** Whether the app starts without a connection, also after the device lost its power. */
  readonly offlineStart: 'never' | 'preparing' | 'ready'
  /** `browser`: WeChat has to be left first; `share`: by the share button of an iPhone. */
  readonly homeScreen: 'browser' | 'share' | null
  /** The browser was asked to keep the app's data, and did not agree. */
  readonly isKeepingRefused: boolean
  readonly storage: {
    readonly used: number
    readonly quota: number
    readonly persisted: boolean
  } | null
}

export interface DeviceActs {
  activateUpdate(): void
  install(): Promise<void>
  persist(): Promise<void>
}

/** A browser writes the app's files without a sync; the system does it later (Linux: 30 s, looked at every 5 s). */
const untilOnDiskMs = 45_000
const setting = 'offline-start'

export interface DevicePieces {
  readonly watchForUpdate: (onWaiting: () => void) => { activate(): void }
  readonly watchInstall: (onChange: (installable: boolean) => void) => { install(): Promise<void> }
  /** Absent or null where the browser keeps no files. */
  readonly appFiles?: AppFiles | null
  readonly clock: Pick<Clock, 'after'>
  readonly settings: Settings
  /** What a person has to do by hand to have it on the home screen. */
  readonly homeScreen?: HomeScreenStep | null
  readonly storage: {
    /** Whether `persist` shows the person no question. */
    readonly isQuiet?: boolean
    /** Null where the browser does not say. */
    estimate(): Promise<DeviceState['storage']>
    /** Asks the browser not to evict this app's data. */
    persist(): Promise<boolean>
  }
}

export interface DeviceStore {
  readonly store: StoreApi<DeviceState>
  readonly acts: DeviceActs
  /** Looks anew at how much room is used. */
  measure(): Promise<void>
  /** There is something to lose now: asks for its keeping, once, where that troubles nobody. */
  guard(): void
}

export function createDevice(pieces: DevicePieces): DeviceStore {
  const store = createStore<DeviceState>(() => ({
    updateReady: false,
    installable: false,
    offlineStart: pieces.appFiles ? 'preparing' : 'never',
    homeScreen: pieces.homeScreen ?? null,
    storage: null,
    isKeepingRefused: false,
  }))
  const update = pieces.watchForUpdate(() => store.setState({ updateReady: true }))
  if (pieces.appFiles) void watchOfflineStart(pieces.appFiles)
  const offer = pieces.watchInstall((installable) => {
    store.setState({ installable })
    // Put on the home screen a moment ago: no other moment is as likely.
    if (!installable) guard(true)
  })
  /** Said once the files must be on the disk; a later start of the same build says so at once. */
  async function watchOfflineStart({ build, kept }: AppFiles) {
    const isReady = () => store.setState({ offlineStart: 'ready' })
    await kept
    if ((await pieces.settings.get(setting).catch(() => null)) === build) return isReady()
    pieces.clock.after(untilOnDiskMs, () => {
      isReady()
      pieces.settings.set(setting, build).catch(() => {})
    })
  }
  let isAsked = false
  const guard = (again = false) => {
    if ((isAsked && !again) || pieces.storage.isQuiet !== true) return
    isAsked = true
    void pieces.storage
      .persist()
      .then(measure)
      .catch(() => {})
  }
  const measure = async () => store.setState({ storage: await pieces.storage.estimate() })
  return {
    store,
    acts: {
      activateUpdate: () => update.activate(),
      install: () => offer.install(),
      async persist() {
        const isKept = await pieces.storage.persist()
        store.setState({ isKeepingRefused: !isKept })
        await measure()
      },
    },
    measure,
    guard: () => guard(),
  }
}
