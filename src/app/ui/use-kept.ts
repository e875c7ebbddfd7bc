import { useState } from 'preact/hooks'
import type { App } from '#app/stores/app.ts'
import { useApp } from '#app/stores/use-store.ts'

/** What an app keeps under names; made once for each kind of thing that is kept. */
export type Shelf<Value> = WeakMap<App, Map<string, Value>>

export function createShelf<Value>(): Shelf<Value> {
  return new WeakMap()
}

/**
 * How somebody looks at something (keys alone, nothing of anybody), as it was left when another page was opened. Gone
 * with the page, never written anywhere.
 */
export function useKept<Value extends object>(
  shelf: Shelf<Value>,
  name: string,
  initial: Value,
): readonly [Value, (next: Partial<Value>) => void] {
  const app = useApp()
  const [, draw] = useState(0)
  const kept = shelf.get(app) ?? new Map<string, Value>()
  shelf.set(app, kept)
  const change = (next: Partial<Value>) => {
    kept.set(name, { ...(kept.get(name) ?? initial), ...next })
    draw((count) => count + 1)
  }
  return [kept.get(name) ?? initial, change]
}
