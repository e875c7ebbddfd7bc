/**
 * A whole device in Node: the real stores and sync over a disk, a network and a clock that a test holds in its hand.
 * `reopen` is a crash and a new start on the same disk.
 */
import { createApp, type Device } from '#app/create-app.ts'
import { createLocalTabSpeech } from '#app/platform/locks.ts'
import { createNetwork } from '#app/platform/network.ts'
import type { MapActs } from '#app/platform/map-acts.ts'
import { createSignIn } from '#app/stores/sign-in.ts'
import { createListen } from '#app/sync/listen.ts'
import { createPasses } from '#app/sync/passes.ts'
import { createWire } from '#app/sync/wire.ts'
import type { Settings } from '#app/vault/settings.ts'
import type { ManualClock } from './manual-clock.ts'
import type { Disk, MemoryVault } from './memory-vault.ts'
import { createRegister } from '#app/register/create-register.ts'
import { createMemoryStorage, type TabletStorage } from './tablet-storage.ts'
import { createWeakNetwork, type Fetch, type WeakNetwork } from './weak-network.ts'

const origin = 'https://wuse.test'

/** Nobody looks at a map in Node. */
const noMap: MapActs = {
  ground: () => Promise.resolve(null),
  groundBytes: () => Promise.reject(new Error('no ground')),
  here: () => Promise.resolve({ ok: false, problem: 'not-found' }),
}

/** Everything of a tablet that outlives its tabs. */
export interface Tablet {
  readonly network: WeakNetwork
  readonly disks: Map<string, Disk>
  readonly faults: unknown[]
  /** What was handed to the person as a file. */
  readonly files: { readonly name: string; readonly text: string }[]
  /** How often the device stirred in the hand. */
  stirs(): number
  /** How often the browser was asked to say that the connection is back. */
  wishes(): number
  /** A tab: the app started anew on what the disk holds. */
  open(): Promise<Tab>
}

export interface Tab {
  readonly app: Device['app']
  /** The vault that is open, with its switches for a full disk and a cut of power. */
  vault(): MemoryVault
  hide(): void
  show(): void
  touch(): void
  /** The tab is closed. */
  close(): void
  /** The power goes: nothing that runs gets any further. */
  crash(): void
}

interface TabletParts {
  readonly clock: ManualClock
  readonly ids: () => string
  readonly server: Fetch
  /** How pokes come, where not at all; `events`: as the server tells them. */
  readonly onPoke?:
    ((listener: (moved: readonly string[]) => void, device: string) => () => void) | 'events'
  readonly storage?: TabletStorage
  /** As where a browser knows no locks and no channels: each tab leads, and hears nothing of the others. */
  readonly apart?: boolean
  /** As a browser with Background Sync: it says that the connection is there, at once where it knows of no loss. */
  readonly tellsReturn?: boolean
}

export function createTablet({
  clock,
  ids,
  server,
  onPoke = () => () => {},
  storage = createMemoryStorage(),
  apart = false,
  tellsReturn = false,
}: TabletParts): Tablet {
  const network = createWeakNetwork(server)
  const settingsKept = new Map<string, unknown>()
  const tabs = createLocalTabSpeech()
  const faults: unknown[] = []
  const files: { name: string; text: string }[] = []
  let stirs = 0
  let wishes = 0

  const settings: Settings = {
    get: (key) => Promise.resolve(settingsKept.get(key)),
    set(key, value) {
      settingsKept.set(key, structuredClone(value))
      return Promise.resolve()
    },
  }

  return {
    network,
    disks: storage.disks,
    faults,
    files,
    stirs: () => stirs,
    wishes: () => wishes,
    async open() {
      const kept = storage.openTab()
      let alive = true
      let inFront = true
      const looks = new Set<() => void>()
      const touches = new Set<() => void>()
      const hearers = new Set<() => void>()
      let wanted = false
      const say = () =>
        setImmediate(() => {
          if (!alive || !wanted || !network.isConnected()) return
          wanted = false
          for (const hear of hearers) hear()
        })
      // A dead tab's timers and answers reach nobody.
      const tabClock = {
        now: () => clock.now(),
        after: (milliseconds: number, act: () => void) =>
          clock.after(milliseconds, () => {
            if (alive) act()
          }),
      }
      const background = {
        ask() {
          wishes += 1
          wanted = true
          say()
        },
        listen(onSync: () => void) {
          const end = network.subscribe(say)
          hearers.add(onSync)
          return () => {
            end()
            hearers.delete(onSync)
          }
        },
      }
      const web = createNetwork({
        clock: tabClock,
        async fetch(path, init) {
          const response = await network.fetch(new Request(origin + path, init), init.signal)
          return alive ? response : new Promise<never>(() => {})
        },
      })
      const chance = () => 0.5
      const passes = createPasses(web, tabClock)
      const listen =
        onPoke === 'events'
          ? createListen({ network: passes.network, clock: tabClock, chance })
          : onPoke
      const pieces = {
        clock: tabClock,
        ids,
        chance,
        language: 'zh-CN' as const,
        wire: () =>
          Promise.resolve(createWire({ network: passes.network, clock: tabClock, listen })),
        network: passes.network,
        passes,
        saveFile: (name: string, text: string) => void files.push({ name, text }),
        mapActs: noMap,
        signIn: createSignIn(web, 'test'),
        accounts: kept.accounts,
        passkeys: { make: () => Promise.resolve(null), ask: () => Promise.resolve(null) },
        register: createRegister(),
        settings,
        online: { now: network.isConnected, subscribe: network.subscribe },
        visible: {
          now: () => inFront,
          subscribe(listener: () => void) {
            looks.add(listener)
            return () => looks.delete(listener)
          },
        },
        onTouch(listener: () => void) {
          touches.add(listener)
          return () => touches.delete(listener)
        },
        tabs: apart ? createLocalTabSpeech() : tabs,
        watchForUpdate: () => ({ activate() {} }),
        watchInstall: () => ({ install: () => Promise.resolve() }),
        storage: {
          estimate: () => Promise.resolve({ used: 1, quota: 2, persisted: true }),
          persist: () => Promise.resolve(true),
        },
        ...(tellsReturn ? { background } : {}),
        stir: () => void (stirs += 1),
        onFault: (error: unknown) => faults.push(error),
      }
      const device = createApp(pieces)
      const turn = (front: boolean) => {
        inFront = front
        for (const look of looks) look()
      }
      await device.start()
      return {
        app: device.app,
        vault: kept.vault,
        hide: () => turn(false),
        show: () => turn(true),
        touch() {
          for (const listener of touches) listener()
        },
        close: () => device.stop(),
        crash() {
          alive = false
          kept.cutPower()
          device.stop()
        },
      }
    },
  }
}

/** Lets everything that can run without time passing run to its end. */
export async function quiet(): Promise<void> {
  for (let round = 0; round < 40; round++) await new Promise((resolve) => setImmediate(resolve))
}

/** Waits for what threads and timers of the real pieces bring; fails after half a minute, for machines are shared. */
export async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    if (holds()) return
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  throw new Error(`still not so: ${holds.toString()}`)
}
