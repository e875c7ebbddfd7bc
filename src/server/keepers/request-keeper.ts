/** Runs the calendar's round over requests: with every round of the calendar, and after a push that said something of one. */
import type { ChunkStore } from '../db/chunk-store.ts'
import { placeAskedPhotos } from '../ledger/asked-photos.ts'
import { placeUnitPhotos } from '../ledger/unit-photos.ts'
import { sharePhotos } from '../ledger/share-photos.ts'
import { createKeeper, type Keeper } from './keeper.ts'
import { keepRequests } from './requests.ts'
import type { KeeperParts } from './keeper-parts.ts'

export function createRequestKeeper(
  { db, clock, ids, pokes, passes }: KeeperParts,
  chunks: ChunkStore,
): Keeper {
  const onMoved = (streams: readonly string[]) => {
    if (streams.length > 0) pokes.poke(streams)
  }
  return createKeeper(async (stopped) => {
    if (stopped.aborted) return
    await passes.watch('requests', async () => {
      const now = { now: clock.now(), ids }
      await keepRequests(db, now, onMoved, stopped)
      if (!stopped.aborted) await placeAskedPhotos(db, chunks, now, onMoved, stopped)
      if (!stopped.aborted) await placeUnitPhotos(db, chunks, now, onMoved, stopped)
      if (!stopped.aborted) await sharePhotos(db, chunks, now, onMoved, stopped)
    })
  })
}
