import { createShelf, useKept } from '#app/ui/use-kept.ts'
import { noFilter, type Filter } from '#app/views/building-chart.ts'

/** How somebody looks at a building. */
export interface View {
  readonly unit: string | null
  readonly filter: Filter
}

const views = createShelf<View>()
const untouched: View = { unit: null, filter: noFilter }

/** By building. */
export function useView(building: string): readonly [View, (next: Partial<View>) => void] {
  return useKept(views, building, untouched)
}
