import { useState } from 'preact/hooks'
import type { App } from '#app/stores/app.ts'
import { useApp } from '#app/stores/use-store.ts'
import { noFilter, type Filter } from './chart.ts'

/** How somebody looks at a building: keys alone, nothing of anybody. */
export interface View {
  readonly unit: string | null
  readonly filter: Filter
}

/** By building; gone with the page, never written anywhere. */
const kept = new WeakMap<App, Map<string, View>>()

/** The view of a building, as it was left when somebody went to one of its rooms. */
export function useView(building: string): readonly [View, (next: Partial<View>) => void] {
  const app = useApp()
  const [, draw] = useState(0)
  const views = kept.get(app) ?? new Map<string, View>()
  kept.set(app, views)
  const view = views.get(building) ?? { unit: null, filter: noFilter }
  const change = (next: Partial<View>) => {
    views.set(building, { ...view, ...next })
    draw((count) => count + 1)
  }
  return [view, change]
}
