import type { Clock } from './clock.ts'
import { createNetwork, type Network } from './network.ts'
import { listenForPokes, type PokeSource } from './pokes.ts'
import type { Watched } from './visibility.ts'

/** The browser's own fetch. */
export function createBrowserNetwork(clock: Clock): Network {
  return createNetwork({ fetch: (path, init) => fetch(path, init), clock })
}

/** Server-sent events from a path of this origin; the answer stops listening. */
export function listenAt(
  path: string,
  clock: Clock,
  chance: () => number,
  onPoke: () => void,
): () => void {
  const open = () => new EventSource(path) as PokeSource
  return listenForPokes({ open, clock, chance }, onPoke)
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
