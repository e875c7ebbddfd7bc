import type { Overview } from '#protocol/overview.ts'
import type { OverviewActs } from '#app/acts/overview.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { gridStandings, type GridStanding } from '#app/views/grid-standing.ts'
import { useRemembered, type Told } from '#app/ui/pieces/use-remembered.ts'

const pickPlaces = (acts: OverviewActs) => acts.places

/** How the server last told the places of this account, and the grids among them in the order of the tree. */
export function useTold(): {
  readonly told: Told<Overview>
  readonly grids: GridStanding[] | null
} {
  const app = useParts('register', 'today')
  const told = useRemembered(pickPlaces)
  const today = useStore(app.today, (store) => store.day)
  const { value } = told
  const grids = useRegister(
    app,
    (register) =>
      value && gridStandings(value, (id) => register.get('place', id)?.fields ?? null, today),
    [value, today],
  )
  return { told, grids }
}
