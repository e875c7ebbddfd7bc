import { useState } from 'preact/hooks'
import type { StoreApi } from 'zustand/vanilla'
import type { SessionState } from '#app/stores/session-state.ts'
import { useParts } from '#app/acts/use-parts.ts'

/** What an app keeps under names; made once for each kind of thing that is kept. */
export type Shelf<Value> = WeakMap<StoreApi<SessionState>, Map<string, Value>>

export function createShelf<Value>(): Shelf<Value> {
  return new WeakMap()
}

/** Empty once the app is locked: the next at this device sees nothing of what somebody typed or looked at. */
export function shelfOf<Value>(
  shelf: Shelf<Value>,
  session: StoreApi<SessionState>,
): Map<string, Value> {
  const held = shelf.get(session)
  if (held) return held
  const made = new Map<string, Value>()
  shelf.set(session, made)
  session.subscribe(({ phase }) => {
    if (phase !== 'open') made.clear()
  })
  return made
}

/**
 * How somebody looks at something (keys, and what was typed to find something), as it was left when another page was
 * opened. Gone with the page and with the lock, never written anywhere.
 */
export function useKept<Value extends object>(
  shelf: Shelf<Value>,
  name: string,
  initial: Value,
): readonly [Value, (next: Partial<Value>) => void] {
  const { session } = useParts('session')
  const [, draw] = useState(0)
  const kept = shelfOf(shelf, session)
  const change = (next: Partial<Value>) => {
    kept.set(name, { ...(kept.get(name) ?? initial), ...next })
    draw((count) => count + 1)
  }
  return [kept.get(name) ?? initial, change]
}
