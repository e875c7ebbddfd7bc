import { BuildingList } from './BuildingList.tsx'
import { GridPage } from './GridPage.tsx'
import { useGrid } from './use-grid.ts'

/** The buildings of a grid with the colours of their rooms, estate by estate in walking order. */
export function Grid() {
  const state = useGrid()
  return (
    <GridPage at="list" state={state}>
      {(matched) => <BuildingList key={state.grid?.id} matched={matched} />}
    </GridPage>
  )
}
