import type { Clock } from './clock.ts'
import type { EventsOptions } from './network.ts'

export interface PokeParts {
  /** Reads the server's events until it ends or `signal` does. Never rejects. */
  readonly read: (
    options: Pick<EventsOptions, 'onOpen' | 'onEvent' | 'signal'>,
  ) => Promise<{ readonly ok: boolean; readonly retryAfter?: number | undefined }>
  readonly clock: Clock
  /** In [0, 1): spreads the reconnections, so that a village of phones does not come back in the same second. */
  readonly chance: () => number
}

const firstWait = 3_000
const longestWait = 300_000

/** Ids of the streams that moved; empty where nobody says which. */
export type Moved = readonly string[]

/**
 * Calls `onPoke` for each event named `poke` or without a name, and once after a reconnection, since pokes may have
 * been missed. Connects again by itself, more and more rarely, and spread by chance. Events come by `fetch` and not by
 * an `EventSource`, which can send no header and would need a cookie.
 */
export function listenForPokes(
  { read, clock, chance }: PokeParts,
  onPoke: (moved: Moved) => void,
): () => void {
  const stopping = new AbortController()
  const { signal } = stopping
  let failures = 0
  let wasOpen = false
  let cancel = () => {}

  const connect = async () => {
    const poke = (moved: Moved) => {
      if (!signal.aborted) onPoke(moved)
    }
    const answer = await read({
      signal,
      onOpen() {
        failures = 0
        if (wasOpen) poke([])
        wasOpen = true
      },
      onEvent(name, data) {
        if (name === 'poke' || name === 'message') poke(movedIn(data))
      },
    })
    if (signal.aborted) return
    const wait = Math.min(longestWait, firstWait * 2 ** failures) * (0.5 + chance() / 2)
    failures += 1
    cancel = clock.after(Math.max(wait, (answer.retryAfter ?? 0) * 1000), () => void connect())
  }
  void connect()

  return () => {
    stopping.abort()
    cancel()
  }
}

/** What another version may write, or nobody, says of no stream that it moved: then any may have. */
function movedIn(data: string): Moved {
  try {
    const said: unknown = JSON.parse(data)
    const isList = Array.isArray(said) && said.every((one) => typeof one === 'string')
    return isList ? said : []
  } catch {
    return []
  }
}
