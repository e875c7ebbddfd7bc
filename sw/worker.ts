/**
 * The service worker: keeps the app's files on the device, so that it starts with the server gone.
 *
 * It caches files, never data: requests below /api go straight to the network and are not touched here. A new
 * version waits until the page says that no form is open. It knows nothing of the register.
 */
import { clientsClaim } from 'workbox-core'
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
  type PrecacheEntry,
} from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope

/** The built app's files with their revisions and hashes; `plugin.ts` puts the list here. */
declare const BUILT_FILES: PrecacheEntry[]

/** Files that few devices ever need, such as the reader of old workbooks: kept once they were asked for. */
declare const LATER_FILES: { readonly url: string; readonly integrity: string }[]
const laterCache = 'wuse-later'

/** Background Sync (WICG), which TypeScript's library does not know. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string
}

/** What belongs to the server alone; every other navigation is a page of the app. */
const ofTheServer = /^\/(?:api|healthz|metrics|map)(?:[/?]|$)/

// A network that answers 200 with its own page, or changes what passes through it, must not become the app: what does
// not hash to what was built ends the installation, and the version that is there goes on.
precacheAndRoute(BUILT_FILES)
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [ofTheServer] }),
)

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && LATER_FILES.some((file) => file.url === url.pathname),
  async ({ url }) => {
    const cache = await caches.open(laterCache)
    const kept = await cache.match(url.pathname)
    if (kept) return kept
    const integrity = LATER_FILES.find((file) => file.url === url.pathname)?.integrity ?? ''
    const response = await fetch(url.pathname, { integrity })
    if (response.ok) await cache.put(url.pathname, response.clone())
    return response
  },
)

self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOldLater())
})

async function forgetOldLater(): Promise<void> {
  const cache = await caches.open(laterCache)
  const now = new Set(LATER_FILES.map(({ url }) => url))
  for (const { url } of await cache.keys()) {
    if (!now.has(new URL(url).pathname)) await cache.delete(url)
  }
}

// Files of a version that went, and the cache of an older workbox.
cleanupOutdatedCaches()

// The first visit's page is served by this worker from then on, without a reload. A later version comes to life
// only by SKIP_WAITING, so this never swaps files under an open form.
clientsClaim()

self.addEventListener('message', (event) => {
  if (isSkipWaiting(event.data)) event.waitUntil(self.skipWaiting())
})

// The connection came back while the app was in the background. Only an open app holds the keys to its outbox,
// so the worker passes the word on and does nothing itself.
self.addEventListener('sync', (event) => {
  const sync = event as SyncEvent
  sync.waitUntil(tellPages({ type: 'sync' }))
})

async function tellPages(message: { readonly type: 'sync' }): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  for (const page of pages) page.postMessage(message)
}

function isSkipWaiting(message: unknown): boolean {
  return (
    typeof message === 'object' &&
    message !== null &&
    'type' in message &&
    message.type === 'SKIP_WAITING'
  )
}
