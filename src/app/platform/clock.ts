/** The browser behind small interfaces; nothing above this folder names a global of the browser. */

/** Milliseconds since 1970, as the device believes. */
export interface Clock {
  now(): number
  /** Calls back once after so many milliseconds; the answer cancels it. */
  after(milliseconds: number, act: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, act) {
    const timer = setTimeout(act, milliseconds)
    return () => clearTimeout(timer)
  },
}
