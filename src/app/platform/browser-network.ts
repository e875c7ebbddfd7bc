import type { Clock } from './clock.ts'
import { createNetwork, type Network } from './network.ts'
import type { Watched } from './visibility.ts'

/** The browser's own fetch. */
export function createBrowserNetwork(clock: Clock): Network {
  return createNetwork({ fetch: (path, init) => fetch(path, init), clock })
}

/** The browser's hint that there is a network. It can be wrong both ways. */
export function watchOnline(): Watched {
  return {
    now: () => navigator.onLine,
    subscribe(listener) {
      window.addEventListener('online', listener)
      window.addEventListener('offline', listener)
      return () => {
        window.removeEventListener('online', listener)
        window.removeEventListener('offline', listener)
      }
    },
  }
}
