/**
 * Puts the device together from pieces given as arguments: `main.tsx` gives the browser's, a test its own, so that
 * the whole device runs in Node.
 */
import { createStore } from 'zustand/vanilla'
import { appVersion } from '#app/platform/app-version.ts'
import type { BackgroundSync } from '#app/platform/background-sync.ts'
import type { Clock } from '#app/platform/clock.ts'
import type { Ids } from '#app/platform/ids.ts'
import type { Network } from '#app/platform/network.ts'
import type { TabSpeech } from '#app/platform/locks.ts'
import type { Pause } from '#app/platform/pause.ts'
import type { Watched } from '#app/platform/visibility.ts'
import type { WasHere } from '#app/platform/was-here.ts'
import { countGrids } from '#app/register/count-grids.ts'
import type { WritableRegister } from '#app/register/register.ts'
import type { Accounts, SignIn } from '#app/stores/accounts.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { MapActs } from '#app/platform/map-acts.ts'
import type { PreferencesState } from '#app/stores/preferences.ts'
import type { SyncStatus } from '#app/sync/status.ts'
import { createDevice, type DevicePieces } from '#app/stores/device.ts'
import { createDrafts } from '#app/stores/drafts.ts'
import { createIdleLock } from '#app/stores/idle-lock.ts'
import type { ImportActs } from '#app/acts/imports.ts'
import { toOfficeTime } from '#app/stores/office-time.ts'
import { createOfficeActsLater } from '#app/acts/office-acts-later.ts'
import type { Passkeys } from '#app/stores/passkeys.ts'
import { createPreferences } from '#app/stores/preferences.ts'
import { createSession } from '#app/stores/session.ts'
import { createSyncActs } from '#app/acts/sync-acts.ts'
import { createToday } from '#app/stores/today.ts'
import { createWork, type Desk, type Work } from '#app/acts/work.ts'
import type { Passes } from '#app/sync/passes.ts'
import type { TabMessage } from '#app/sync/tabs.ts'
import type { Wire } from '#app/sync/wire.ts'
import type { Settings } from '#app/vault/settings.ts'
import type { OpenVault } from '#app/vault/accounts.ts'

export interface Pieces extends DevicePieces {
  readonly clock: Clock
  readonly ids: Ids
  /** In [0, 1). */
  readonly chance: () => number
  readonly language: PreferencesState['language']
  /** Asked for when an account opens. */
  readonly wire: () => Promise<Wire>
  /** For what only the server can do; by the passes below, as the wire. */
  readonly network: Pick<Network, 'request' | 'lines'>
  readonly passes: Pick<Passes, 'open' | 'close'>
  readonly saveFile: (name: string, text: string) => void
  readonly mapActs: MapActs
  readonly signIn: SignIn
  readonly accounts: Accounts
  readonly passkeys: Passkeys
  readonly register: WritableRegister
  /** For long work behind the first screen; absent: in one go. */
  readonly pause?: Pause
  readonly settings: Settings
  readonly online: Watched
  readonly visible: Watched
  /** Calls back whenever somebody touches the device. */
  readonly onTouch: (listener: () => void) => () => void
  readonly tabs: TabSpeech
  readonly background?: BackgroundSync
  /** How many changes wait to be sent, where the app's icon can show it. */
  readonly badge?: (unsent: number) => void
  readonly wasHere?: WasHere
  /** A short stir where the device has one: what was saved is felt as well as seen. */
  readonly stir?: () => void
  /** Bugs and broken storage; never told anything about a person. */
  readonly onFault: (error: unknown) => void
}

export interface Device {
  readonly app: DeviceParts
  /** Finds out who is known here; the session's phase says what came of it. */
  start(): Promise<void>
  /** Leaves nothing running; what was saved stays. */
  stop(): void
}

const noSync: SyncStatus = {
  phase: 'offline',
  unsent: [],
  lastSync: null,
  problem: null,
  damage: { pages: false, work: 0 },
  skew: null,
  heard: null,
}

/** `save`, and a stir once it is on disk. */
function felt(save: Work['save'], stir = () => {}): Work['save'] {
  return async (intents) => {
    const outcome = await save(intents)
    if (outcome.ok) stir()
    return outcome
  }
}

/** Long: it puts the parts of the device together, a line or two each, and nothing else. */
export function createApp(pieces: Pieces): Device {
  const { clock, ids, register, visible, onFault } = pieces
  let desk: Desk | null = null
  const sync = createStore<SyncStatus>(() => noSync)
  const drafts = createDrafts(clock)
  const preferences = createPreferences(pieces.settings, pieces.language)
  const device = createDevice(pieces)
  const officeNow = () => toOfficeTime(clock.now(), sync.getState())
  const heard = () => sync.getState().heard
  const today = createToday(clock, officeNow)

  /** Counts up with each lock: an opening that a lock overtook must not go on. */
  let closings = 0

  const open = async (vault: OpenVault): Promise<boolean> => {
    const before = closings
    // Nothing is sent or fetched before an account opens, so this comes after the first screen.
    const [{ createSync }, wire] = await Promise.all([
      import('#app/sync/sync-code.ts'),
      pieces.wire(),
    ])
    if (closings !== before) {
      void vault.close()
      return false
    }
    const name = `wuse ${vault.account}`
    const opened = createSync({
      ...pieces,
      ...{ vault, wire },
      tabs: pieces.tabs.openChannel<TabMessage>(name),
      askToLead: (onLead) => pieces.tabs.askToLead(name, onLead),
      about: () => ({ app: appVersion, storage: device.store.getState().storage }),
      onStatus(status) {
        const { length } = status.unsent
        if (length !== sync.getState().unsent.length) pieces.badge?.(length)
        if (length > 0) device.guard()
        // What is up to date lies in the register: how many grids there are decides how the next unlocking asks.
        const isOpen = register.isWhole && session.store.getState().phase === 'open'
        if (status.phase === 'up-to-date' && isOpen) session.pullComplete(countGrids(register))
        sync.setState(status)
      },
      onProgress(done, total) {
        if (visible.now()) idle.touch()
        session.pullProgress(done, total)
      },
      onComplete: () => session.pullComplete(countGrids(register)),
      onRevoked(problem) {
        opened.lockOthers()
        session.shutOut(problem)
      },
      onLock: () => session.acts.lock(),
      list: { today: today.store, preferences: preferences.store },
      onUnreadable(error) {
        onFault(error)
        session.shutOut('will-not-open')
      },
    })
    desk = { vault, sync: opened }
    pieces.passes.open(vault.device, vault.tokens)
    await Promise.all([drafts.open(vault), preferences.open(vault)])
    void device.measure().catch(onFault)
    return opened.open()
  }

  const close = () => {
    closings += 1
    const closing = desk
    desk = null
    const stopped = closing?.sync.stop()
    pieces.passes.close()
    const grids = countGrids(register)
    register.clear()
    sync.setState(noSync)
    // A roster or a ledger lies there in the clear.
    void imports?.then((acts) => acts.forget())
    // What was typed or saved last is sealed before the key is forgotten.
    const sealed = [drafts.close(), preferences.close(), work.done(), stopped ?? Promise.resolve()]
    void Promise.all(sealed).then(() => closing?.vault.close())
    return grids
  }

  const session = createSession({
    ids,
    accounts: pieces.accounts,
    signIn: pieces.signIn,
    passkeys: pieces.passkeys,
    open,
    close,
    onFault,
    ...(pieces.wasHere ? { wasHere: pieces.wasHere } : {}),
  })
  const lock = () => {
    desk?.sync.lockOthers()
    session.acts.lock()
  }
  const idle = createIdleLock(clock, () => session.acts.lock())

  let imports: Promise<ImportActs> | null = null
  const loadImports = () => {
    imports ??= import('#app/acts/imports.ts').then(({ createImports }) =>
      createImports(app, onFault),
    )
    // Fetched once more where it did not come.
    imports.catch(() => (imports = null))
    return imports
  }

  const work = createWork({
    ...{ clock, ids, register, heard },
    desk: () => desk,
    account: () => session.store.getState().account,
    now: officeNow,
  })
  const photoParts = { ...pieces, heard, desk: () => desk, now: officeNow }
  const app: DeviceParts = {
    session: session.store,
    sessionActs: { ...session.acts, lock },
    sync,
    syncActs: createSyncActs({
      clock,
      ids,
      desk: () => desk,
      heard,
      unsent: () => sync.getState().unsent,
      unsentFile: pieces.accounts.unsentFile,
      saveFile: pieces.saveFile,
      async signInAgain(password, newPassword, code) {
        const problem = await session.signInAgain(password, newPassword, code)
        if (problem === null) desk?.sync.signedIn()
        return problem
      },
    }),
    officeActs: createOfficeActsLater(async () => {
      const { createOfficeActs } = await import('#app/acts/office-acts.ts')
      return createOfficeActs({
        network: pieces.network,
        device: () => desk?.vault.device ?? null,
        notes: () => desk?.vault ?? null,
        newId: ids,
        wait: (ms) => new Promise((resolve) => void clock.after(ms, resolve)),
      })
    }),
    mapActs: pieces.mapActs,
    register,
    work: { ...work, save: felt(work.save, pieces.stir) },
    drafts,
    preferences: preferences.store,
    device: device.store,
    deviceActs: device.acts,
    imports: loadImports,
    photos: async () => (await import('#app/acts/photos.ts')).photosWith(photoParts),
    today: today.store,
    now: officeNow,
  }

  const ends = [
    // A clock that turned out to be off: the day may be another one.
    sync.subscribe(({ skew }, before) => {
      if (skew !== before.skew) today.look()
    }),
    pieces.onTouch(() => idle.touch()),
    visible.subscribe(() => {
      idle.touch()
      if (visible.now()) today.look()
      else void drafts.flush()
    }),
  ]

  return {
    app,
    async start() {
      await preferences.start()
      await session.start()
    },
    stop() {
      for (const end of ends) end()
      idle.stop()
      today.stop()
      close()
    },
  }
}
