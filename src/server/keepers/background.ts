/**
 * Which of several servers on one database does what runs by itself. One holds a lease and renews it; where it is
 * killed, another takes it within a quarter of a minute. Two that both hold it for a moment do work twice, and no harm: every
 * piece of it is decided under the lock of what it changes.
 */
import { giveBackLease, takeLease } from '../db/lease.ts'
import type { Db } from '../db/schema.ts'

export interface Background {
  /** Whether this server does what runs by itself, now. */
  isOurs(): boolean
  /** Whether it takes a share of the long work of the one that does: what is decided under the lock of each stream. */
  readonly helps: boolean
  /**
   * Takes a slice of long work for the rest of a round: true at one of the servers alone, however many ask. Where the
   * database does not answer, false.
   */
  takeSlice(name: string): Promise<boolean>
  /** Called each time it comes to be this server, and at once where it is. */
  onTaken(listener: () => void): void
  /** Another server may take it at once. */
  stop(): Promise<void>
}

/** For the only server of its database. */
export const alwaysOurs: Background = {
  isOurs: () => true,
  helps: false,
  takeSlice: () => Promise.resolve(true),
  onTaken: (listener) => listener(),
  stop: () => Promise.resolve(),
}

/** For one of several that shall do nothing by itself. */
export const neverOurs: Background = {
  isOurs: () => false,
  helps: false,
  takeSlice: () => Promise.resolve(false),
  onTaken: () => undefined,
  stop: () => Promise.resolve(),
}

export interface LeaseParts {
  readonly db: Db
  readonly clock: { now(): number }
  /** This server among the others. */
  readonly server: string
  readonly onFault: (error: unknown) => void
  /** How long a server is waited for that says nothing. */
  readonly seconds?: number
}

const leaseName = 'background'
const usualSeconds = 15
/** A little less than from one round to the next: of a server that was killed the next round takes them over. */
const sliceSeconds = 9 * 60

export function createLease(parts: LeaseParts): Background {
  const { db, clock, server, onFault, seconds = usualSeconds } = parts
  const listeners: (() => void)[] = []
  let heldUntil = 0
  let isStopped = false
  const isOurs = () => !isStopped && clock.now() < heldUntil

  const renew = async () => {
    const asked = clock.now()
    const wasOurs = isOurs()
    const isTaken = await takeLease(db, leaseName, server, seconds).catch((error: unknown) => {
      onFault(error)
      return null
    })
    // No answer: what is held runs out by itself.
    if (isTaken === null) return
    heldUntil = isTaken ? asked + seconds * 1_000 : 0
    if (!wasOurs && isOurs()) for (const listener of listeners) listener()
  }
  let renewing = renew()
  const timer = setInterval(
    () => {
      renewing = renewing.then(renew)
    },
    (seconds * 1_000) / 3,
  )

  return {
    isOurs,
    helps: true,
    takeSlice: (name) =>
      takeLease(db, name, server, sliceSeconds).catch((error: unknown) => {
        onFault(error)
        return false
      }),
    onTaken(listener) {
      listeners.push(listener)
      if (isOurs()) listener()
    },
    async stop() {
      isStopped = true
      clearInterval(timer)
      await renewing
      await giveBackLease(db, leaseName, server).catch(onFault)
    },
  }
}

/** Where this server does not do it, `tellOthers` says that there is something to be done. */
export function wakeWhereOurs(
  background: Background,
  wake: () => Promise<void>,
  tellOthers: () => void,
): () => Promise<void> {
  return () => {
    if (background.isOurs()) return wake()
    tellOthers()
    return Promise.resolve()
  }
}
