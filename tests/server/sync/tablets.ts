/** Tablets with the real device code, speaking to the real server over its own `fetch`. */
import { createCountedIds } from '#tests/support/counted-ids.ts'
import { createTablet, until, type Tab, type Tablet } from '#tests/support/device.ts'
import { createManualClock, type ManualClock } from '#tests/support/manual-clock.ts'
import { createSealedStorage } from '#tests/support/tablet-storage.ts'
import { password, type Office } from '../office.ts'

export const pin = '246810'

let series = 0x1000

export interface ServedTablet extends Tablet {
  readonly clock: ManualClock
  /** The browser needed room: an account's database goes, its keys stay. */
  evict(account: string): Promise<void>
  spoil(account: string, table: 'pages' | 'outbox'): Promise<void>
  /** Ends the event streams that are still open. */
  end(): void
}

export function createServedTablet(office: Office): ServedTablet {
  const clock = createManualClock(office.clock.now())
  /** The browser's, by name. */
  const jar = new Map<string, string>()
  const open = new Set<AbortController>()

  const server = async (request: Request): Promise<Response> => {
    const headers = new Headers(request.headers)
    headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await office.server.fetch(new Request(request, { headers }))
    for (const given of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (given.split(';')[0] ?? '').split('=')
      jar.set(name, value)
    }
    return response
  }

  const listen = (onPoke: () => void, device: string) => {
    const ended = new AbortController()
    open.add(ended)
    void read(onPoke, device, ended.signal).catch(() => {})
    return () => {
      open.delete(ended)
      ended.abort()
    }
  }
  const read = async (onPoke: () => void, device: string, signal: AbortSignal) => {
    const events = `https://wuse.test/api/events?device=${device}`
    const response = await server(new Request(events, { signal }))
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    signal.addEventListener('abort', () => void reader?.cancel().catch(() => {}))
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: '' }
      if (done || signal.aborted) return
      if (value.includes('event: poke')) onPoke()
    }
  }

  const storage = createSealedStorage(() => clock.now())
  const tablet = createTablet({
    clock,
    ids: createCountedIds((series += 1)),
    server,
    onPoke: listen,
    storage,
  })
  return {
    ...tablet,
    clock,
    evict: storage.evict,
    spoil: storage.spoil,
    end() {
      for (const ended of open) ended.abort()
    },
  }
}

export async function begin(tablet: Tablet, login: string, secret = pin): Promise<Tab> {
  const tab = await tablet.open()
  await signInHere(tab, login, secret)
  return tab
}

export async function signInHere(tab: Tab, login: string, secret = pin): Promise<void> {
  await tab.app.sessionActs.signIn(login, password)
  await tab.app.sessionActs.choosePin(secret)
  await until(() => tab.app.session.getState().phase === 'open' && isUpToDate(tab))
}

export const isUpToDate = (tab: Tab) => {
  const { phase, unsent } = tab.app.sync.getState()
  return phase === 'up-to-date' && unsent.length === 0
}
export const nameOf = (tab: Tab, resident: string) =>
  tab.app.register.get('resident', resident)?.fields.name
