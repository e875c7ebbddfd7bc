/** How many calls somebody may make: a bucket that fills slowly, kept in memory for each. */
export interface Pace {
  /** At once. */
  readonly most: number
  /** How many come back in a second. */
  readonly aSecond: number
}

export interface Allowance {
  /** Whole seconds until the next call is looked at; 0 where this one is. */
  take(caller: string): number
}

export function createAllowance(clock: { now(): number }, { most, aSecond }: Pace): Allowance {
  const buckets = new Map<string, { left: number; at: number }>()
  return {
    take(caller) {
      const now = clock.now()
      const bucket = buckets.get(caller) ?? { left: most, at: now }
      buckets.set(caller, bucket)
      // A clock that was put back fills nothing.
      const seconds = Math.max(0, now - bucket.at) / 1_000
      bucket.left = Math.min(most, bucket.left + seconds * aSecond)
      bucket.at = now
      if (bucket.left < 1) return Math.max(1, Math.ceil((1 - bucket.left) / aSecond))
      bucket.left -= 1
      return 0
    },
  }
}
