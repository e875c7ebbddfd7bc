import type { Clock } from '#app/platform/clock.ts'

/** A clock that stands still until a test moves it; what is due on the way is called in order of time. */
export interface ManualClock extends Clock {
  /** Moves on; `async` work begun by a timer is not awaited. */
  advance(milliseconds: number): void
  /** The device's clock is put to another time, as a person or a network may do; timers keep their distance. */
  jump(milliseconds: number): void
  /** Milliseconds until the next timer; null where none is set. */
  next(): number | null
}

export function createManualClock(start = Date.UTC(2026, 10, 23, 6, 32)): ManualClock {
  let elapsed = 0
  let offset = start
  let count = 0
  const timers = new Map<number, { readonly at: number; readonly act: () => void }>()

  const earliest = () => {
    let first: [number, { readonly at: number; readonly act: () => void }] | null = null
    for (const entry of timers) if (!first || entry[1].at < first[1].at) first = entry
    return first
  }

  return {
    now: () => offset + elapsed,
    after(milliseconds, act) {
      const id = ++count
      timers.set(id, { at: elapsed + Math.max(0, milliseconds), act })
      return () => timers.delete(id)
    },
    advance(milliseconds) {
      const end = elapsed + milliseconds
      for (let due = earliest(); due && due[1].at <= end; due = earliest()) {
        timers.delete(due[0])
        elapsed = Math.max(elapsed, due[1].at)
        due[1].act()
      }
      elapsed = end
    },
    jump(milliseconds) {
      offset += milliseconds
    },
    next() {
      const first = earliest()
      return first ? Math.max(0, first[1].at - elapsed) : null
    },
  }
}
