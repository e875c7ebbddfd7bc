/** Locks after five minutes without a touch, in front or in the pocket. */
import type { Clock } from '#app/platform/clock.ts'

export const lockAfter = 5 * 60_000

export interface IdleLock {
  /** Somebody is there. */
  touch(): void
  stop(): void
}

/** A device that slept wakes with its timers late: `touch` therefore looks at the time before it believes anybody. */
export function createIdleLock(clock: Clock, lock: () => void): IdleLock {
  let last = clock.now()
  let cancel = () => {}

  const look = () => {
    const left = Math.min(lockAfter, last + lockAfter - clock.now())
    if (left <= 0) {
      last = clock.now()
      lock()
    }
    cancel = clock.after(left > 0 ? left : lockAfter, look)
  }
  look()

  return {
    touch() {
      if (clock.now() - last >= lockAfter) lock()
      last = clock.now()
    },
    stop: () => cancel(),
  }
}
