/**
 * A whole device in Node: the real stores and sync over a disk, a network and a clock that a test holds in its hand.
 * `reopen` is a crash and a new start on the same disk.
 */
import * as v from 'valibot'
import { pullLineSchema } from '#protocol/pull.ts'
import { pushResponseSchema } from '#protocol/push.ts'
import { refusalSchema } from '#protocol/problem.ts'
import { sessionSchema, type Session } from '#protocol/session.ts'
import { protocolVersion } from '#protocol/version.ts'
import { createApp, type Device } from '#app/create-app.ts'
import type { Accounts, KnownAccount, SignIn } from '#app/stores/accounts.ts'
import type { Settings } from '#app/stores/preferences.ts'
import type { TabChannel, TabMessage } from '#app/sync/tabs.ts'
import type { Failure, Wire } from '#app/sync/wire.ts'
import type { ManualClock } from './manual-clock.ts'
import { createDisk, createMemoryVault, type Disk, type MemoryVault } from './memory-vault.ts'
import { createPlainRegister } from './plain-register.ts'
import { createWeakNetwork, type Fetch, type WeakNetwork } from './weak-network.ts'

const origin = 'https://wuse.test'

/** Everything of a tablet that outlives its tabs. */
export interface Tablet {
  readonly network: WeakNetwork
  readonly disks: Map<string, Disk>
  readonly faults: unknown[]
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
  readonly onPoke?: (listener: () => void) => () => void
}

export function createTablet({ clock, ids, server, onPoke }: TabletParts): Tablet {
  const network = createWeakNetwork(server)
  const disks = new Map<string, Disk>()
  const known: (KnownAccount & { pin: string; deviceKey: string | undefined })[] = []
  const settingsKept = new Map<string, unknown>()
  const channels = new Map<string, Set<Channel>>()
  const leads = new Map<string, (() => void)[]>()
  const faults: unknown[] = []

  const askToLead = (account: string, onLead: () => void) => {
    const queue = leads.get(account) ?? []
    leads.set(account, queue)
    queue.push(onLead)
    if (queue.length === 1) onLead()
    return () => {
      const at = queue.indexOf(onLead)
      if (at < 0) return
      queue.splice(at, 1)
      if (at === 0) queue[0]?.()
    }
  }
  const openTabs = (account: string): Channel => {
    const all = channels.get(account) ?? new Set<Channel>()
    channels.set(account, all)
    const channel: Channel = {
      listener: null,
      post(message) {
        const copy = structuredClone(message)
        for (const other of all) if (other !== channel) other.listener?.(copy)
      },
      listen: (listener) => (channel.listener = listener),
      close: () => all.delete(channel),
    }
    all.add(channel)
    return channel
  }

  const settings: Settings = {
    get: (key) => Promise.resolve(settingsKept.get(key)),
    set(key, value) {
      settingsKept.set(key, structuredClone(value))
      return Promise.resolve()
    },
  }

  return {
    network,
    disks,
    faults,
    async open() {
      let vault: MemoryVault | null = null
      let alive = true
      let inFront = true
      const looks = new Set<() => void>()
      const touches = new Set<() => void>()
      const openVault = (account: string, device: string) => {
        const disk = disks.get(account) ?? createDisk()
        disks.set(account, disk)
        return (vault = createMemoryVault(account, device, disk))
      }
      const accounts: Accounts = {
        known: () => Promise.resolve(known.map((one) => ({ ...one }))),
        choosePin(session: Session, login, pin) {
          const { account, device, deviceKey } = session
          const at = known.findIndex((one) => one.id === account.id)
          const fresh = { id: account.id, login, device, pin, deviceKey, pinTriesLeft: 10 }
          known.splice(Math.max(at, 0), at < 0 ? 0 : 1, fresh)
          return Promise.resolve(openVault(account.id, device))
        },
        unlock(id, pin) {
          const account = known.find((one) => one.id === id)
          if (!account || account.pinTriesLeft === 0)
            return Promise.resolve({ ok: false, triesLeft: 0 })
          const right = account.pin === pin
          const index = known.indexOf(account)
          const triesLeft = right ? 10 : account.pinTriesLeft - 1
          known[index] = { ...account, pinTriesLeft: triesLeft }
          if (!right) return Promise.resolve({ ok: false, triesLeft })
          return Promise.resolve({ ok: true, triesLeft, vault: openVault(id, account.device) })
        },
      }
      // A dead tab's timers and answers reach nobody.
      const tabClock = {
        now: () => clock.now(),
        after: (milliseconds: number, act: () => void) =>
          clock.after(milliseconds, () => {
            if (alive) act()
          }),
      }
      const fetch: Fetch = async (request) => {
        const response = await network.fetch(request)
        return alive ? response : new Promise<never>(() => {})
      }
      const pieces = {
        clock: tabClock,
        ids,
        chance: () => 0.5,
        language: 'zh-CN' as const,
        wire: createFetchWire(fetch, onPoke),
        signIn: createFetchSignIn(fetch),
        accounts,
        register: createPlainRegister(),
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
        openTabs,
        askToLead,
        watchForUpdate: () => ({ activate() {} }),
        watchInstall: () => ({ install: () => Promise.resolve() }),
        storage: {
          estimate: () => Promise.resolve({ used: 1, quota: 2, persisted: true }),
          persist: () => Promise.resolve(true),
        },
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
        vault() {
          if (!vault) throw new Error('no vault was opened')
          return vault
        },
        hide: () => turn(false),
        show: () => turn(true),
        touch() {
          for (const listener of touches) listener()
        },
        close: () => device.stop(),
        crash() {
          alive = false
          vault?.cutPower(0)
          device.stop()
        },
      }
    },
  }
}

interface Channel extends TabChannel {
  listener: ((message: TabMessage) => void) | null
}

function post(path: string, body: unknown): Request {
  const headers = { 'content-type': 'application/json' }
  return new Request(origin + path, { method: 'POST', headers, body: JSON.stringify(body) })
}

async function failureOf(response: Response): Promise<Failure> {
  try {
    const refusal = v.safeParse(refusalSchema, await response.json())
    if (refusal.success) return { ok: false, trouble: refusal.output.problem }
  } catch {
    // not ours
  }
  return { ok: false, trouble: response.status === 413 ? 'too-large' : 'unreadable-answer' }
}

function createFetchSignIn(fetch: Fetch): SignIn {
  return async (request) => {
    try {
      const body = { ...request, protocol: protocolVersion, deviceName: 'test' }
      const response = await fetch(post('/api/session', body))
      if (response.ok) return { ok: true, value: v.parse(sessionSchema, await response.json()) }
      const { trouble } = await failureOf(response)
      return { ok: false, problem: trouble as 'wrong-password' }
    } catch (error) {
      return { ok: false, problem: error instanceof TypeError ? 'offline' : 'unreadable-answer' }
    }
  }
}

function createFetchWire(fetch: Fetch, onPoke?: (listener: () => void) => () => void): Wire {
  const asked = async (path: string, body: unknown): Promise<Response | Failure> => {
    try {
      const response = await fetch(post(path, body))
      return response.ok ? response : await failureOf(response)
    } catch {
      return { ok: false, trouble: 'offline' }
    }
  }
  return {
    async push(request) {
      const response = await asked('/api/push', request)
      if (!(response instanceof Response)) return response
      try {
        return { ok: true, value: v.parse(pushResponseSchema, await response.json()) }
      } catch {
        return { ok: false, trouble: 'unreadable-answer' }
      }
    },
    async pull(request, onLine) {
      const response = await asked('/api/pull', request)
      if (!(response instanceof Response)) return response
      const lines = (await response.text()).split('\n')
      for (const text of lines.slice(0, -1)) {
        let line
        try {
          line = v.parse(pullLineSchema, JSON.parse(text))
        } catch {
          return { ok: false, trouble: 'unreadable-answer' }
        }
        if (line.type === 'end') return { ok: true, value: 'ended' }
        if ((await onLine(line)) === 'stop') return { ok: true, value: 'stopped' }
      }
      const first = lines[0] ?? ''
      return { ok: false, trouble: first.startsWith('{') ? 'cut-short' : 'unreadable-answer' }
    },
    listen: (poke) => onPoke?.(poke) ?? (() => {}),
  }
}

/** Lets everything that can run without time passing run to its end. */
export async function quiet(): Promise<void> {
  for (let round = 0; round < 40; round++) await new Promise((resolve) => setImmediate(resolve))
}
