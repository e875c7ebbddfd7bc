/** Listens for the server's pokes by the pass of the account that is open. */
import type { Clock } from '#app/platform/clock.ts'
import type { Network } from '#app/platform/network.ts'
import { listenForPokes } from '#app/platform/pokes.ts'
import type { Wire } from './wire.ts'

export interface ListenParts {
  readonly network: Pick<Network, 'events'>
  readonly clock: Clock
  /** In [0, 1). */
  readonly chance: () => number
}

export function createListen({ network, clock, chance }: ListenParts): Wire['listen'] {
  return (onPoke, device) =>
    listenForPokes(
      {
        clock,
        chance,
        // A vault that was locked meanwhile, or a disk that fails: polling goes on, and this is tried again.
        read: (options) =>
          network.events('/api/events', { ...options, device }).catch(() => ({ ok: false })),
      },
      onPoke,
    )
}
