/** Tablets with the real device code, speaking to the real server over its own `fetch`. */
import { createCountedIds } from '#tests/support/counted-ids.ts'
import { createTablet, until, type Tab, type Tablet } from '#tests/support/device.ts'
import { createManualClock, type ManualClock } from '#tests/support/manual-clock.ts'
import { createSealedStorage } from '#tests/support/tablet-storage.ts'
import { password } from '../office.ts'

export const pin = '246810'
/** Of whoever holds more than a grid. */
export const passphrase = 'teal lantern over the quarry'

let series = 0x1000

export interface ServedTablet extends Tablet {
  readonly clock: ManualClock
  /** The browser needed room: an account's database goes, its keys stay. */
  evict(account: string): Promise<void>
  spoil(account: string, table: 'pages' | 'outbox'): Promise<void>
  /** Ends the event streams that are still open, as of a tab whose power was cut. */
  end(): void
}

/** An office as far as a tablet knows it: in this process, or behind an address. */
export interface ServingOffice {
  readonly server: { fetch(request: Request): Response | Promise<Response> }
  readonly clock: { now(): number }
}

export function createServedTablet(office: ServingOffice): ServedTablet {
  const clock = createManualClock(office.clock.now())
  const open = new Set<AbortController>()
  const server = async (request: Request): Promise<Response> => {
    if (!request.url.endsWith('/api/events')) return office.server.fetch(request)
    const ended = new AbortController()
    open.add(ended)
    request.signal.addEventListener('abort', () => ended.abort())
    const { body, status, headers } = await office.server.fetch(request)
    // As a browser ends what a page reads no more.
    const stream = body?.pipeThrough(new TransformStream(), { signal: ended.signal })
    return new Response(stream ?? null, { status, headers })
  }

  const storage = createSealedStorage(() => clock.now())
  const tablet = createTablet({
    clock,
    ids: createCountedIds((series += 1)),
    server,
    onPoke: 'events',
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

export async function begin(
  tablet: Tablet,
  login: string,
  secret = pin,
  word = password,
): Promise<Tab> {
  const tab = await tablet.open()
  await signInHere(tab, login, secret, word)
  return tab
}

export async function signInHere(
  tab: Tab,
  login: string,
  secret = pin,
  word = password,
): Promise<void> {
  await tab.app.sessionActs.signIn(login, word)
  if (tab.app.session.getState().phase === 'choose-passphrase') {
    await tab.app.sessionActs.choosePassphrase(passphrase)
  }
  await tab.app.sessionActs.choosePin(secret)
  await until(() => tab.app.session.getState().phase === 'open' && isUpToDate(tab))
}

export const isUpToDate = (tab: Tab) => {
  const { phase, unsent } = tab.app.sync.getState()
  return phase === 'up-to-date' && unsent.length === 0
}
export const nameOf = (tab: Tab, resident: string) =>
  tab.app.register.get('resident', resident)?.fields.name
