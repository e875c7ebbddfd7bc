/** Colours what a new scheme left stale: whoever saved one wakes it. */
import { recolourStale } from '../colours/recolour.ts'
import { createKeeper, type Keeper } from './keeper.ts'
import type { KeeperParts } from './keeper-parts.ts'

/** `isHelping`: another server does it as well, from the beginning. */
export function createRecolourKeeper(
  { db, clock, ids, pokes, passes }: KeeperParts,
  isHelping: () => boolean = () => false,
): Keeper {
  return createKeeper(async (stopped) => {
    if (stopped.aborted) return
    await passes.watch('recolour', async () => {
      const at = { now: clock.now(), ids }
      await recolourStale(db, at, (stream) => pokes.poke([stream]), stopped, {
        isBackwards: isHelping(),
      })
    })
  })
}
