import { useState } from 'preact/hooks'
import type { App } from '#app/stores/app.ts'
import { useApp } from '#app/stores/use-store.ts'

/** What an app keeps under names; made once for each kind of thing that is kept. */
export type Shelf<Value> = WeakMap<App, Map<string, Value>>

export function createShelf<Value>(): Shelf<Value> {
  return new WeakMap()
}

/** Empty once the app is locked: the next at this device sees nothing of what somebody typed or looked at. */
export function shelfOf<Value>(shelf: Shelf<Value>, app: App): Map<string, Value> {
  const held = shelf.get(app)
  if (held) return held
  const made = new Map<string, Value>()
  shelf.set(app, made)
  app.session.subscribe(({ phase }) => {
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
  const app = useApp()
  const [, draw] = useState(0)
  const kept = shelfOf(shelf, app)
  const change = (next: Partial<Value>) => {
    kept.set(name, { ...(kept.get(name) ?? initial), ...next })
    draw((count) => count + 1)
  }
  return [kept.get(name) ?? initial, change]
}
