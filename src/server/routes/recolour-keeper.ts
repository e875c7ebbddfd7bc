/** Colours what a new scheme left stale: one pass at a time, begun again by whoever saved meanwhile. */
import { recolourStale } from '../colours/recolour.ts'
import type { Db } from '../db/schema.ts'
import type { Pokes } from './pokes.ts'

export interface RecolourKeeper {
  /** Somebody saved a scheme, or the server started. Resolves when nothing is stale any more. */
  wake(): Promise<void>
  /** Ends after the stream that it is at; the next start goes on from there. */
  stop(): Promise<void>
}

interface Parts {
  readonly db: Db
  readonly clock: { now(): number }
  readonly ids: () => string
  readonly pokes: Pokes
}

export function createRecolourKeeper(
  { db, clock, ids, pokes }: Parts,
  onFault: (error: unknown) => void,
): RecolourKeeper {
  const stopped = new AbortController()
  let running: Promise<void> = Promise.resolve()
  let isWaiting = false
  const pass = async () => {
    isWaiting = false
    if (stopped.signal.aborted) return
    const at = { now: clock.now(), ids }
    try {
      await recolourStale(db, at, (stream) => pokes.poke([stream]), stopped.signal)
    } catch (error) {
      onFault(error)
    }
  }
  return {
    wake() {
      if (!isWaiting) {
        isWaiting = true
        running = running.then(pass)
      }
      return running
    },
    stop() {
      stopped.abort()
      return running
    },
  }
}
