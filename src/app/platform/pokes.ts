import type { Clock } from './clock.ts'

/** The part of an EventSource that is used. */
export interface PokeSource {
  onopen: (() => void) | null
  onmessage: (() => void) | null
  onerror: (() => void) | null
  addEventListener(type: string, listener: () => void): void
  close(): void
}

export interface PokeParts {
  /** Opens a stream of server-sent events. */
  readonly open: () => PokeSource
  readonly clock: Clock
  /** In [0, 1): spreads the reconnections, so that a village of phones does not come back in the same second. */
  readonly chance: () => number
}

const firstWait = 3_000
const longestWait = 300_000

/**
 * Calls `onPoke` for each event named `poke` or without a name, and once after a reconnection, since pokes may have
 * been missed. Connects again by itself, more and more rarely: the browser's own way knows neither chance nor mercy.
 */
export function listenForPokes({ open, clock, chance }: PokeParts, onPoke: () => void): () => void {
  let stopped = false
  let failures = 0
  let wasOpen = false
  let source: PokeSource | null = null
  let cancel = () => {}

  const connect = () => {
    const mine = open()
    source = mine
    const poke = () => {
      if (!stopped && source === mine) onPoke()
    }
    mine.onopen = () => {
      failures = 0
      if (wasOpen) poke()
      wasOpen = true
    }
    mine.onmessage = poke
    mine.addEventListener('poke', poke)
    mine.onerror = () => {
      if (stopped || source !== mine) return
      mine.close()
      source = null
      const wait = Math.min(longestWait, firstWait * 2 ** failures)
      failures += 1
      cancel = clock.after(wait * (0.5 + chance() / 2), connect)
    }
  }
  connect()

  return () => {
    stopped = true
    cancel()
    source?.close()
    source = null
  }
}
