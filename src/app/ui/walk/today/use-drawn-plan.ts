import { useRef, useState } from 'preact/hooks'
import { drawPlan, nextDrawn, withoutLeft } from '#app/views/leaving-stops.ts'
import type { Today } from '#app/views/today-list.ts'

/** The plan with the rows that are about to leave it; `left` hears of each that has closed. */
export function useDrawnPlan(plan: Today, grid: string | undefined) {
  const drawn = useRef(drawPlan(plan))
  const of = useRef(grid)
  const [, redraw] = useState(0)
  if (drawn.current.plan !== plan) {
    drawn.current = of.current === grid ? nextDrawn(drawn.current, plan) : drawPlan(plan)
    of.current = grid
  }
  return {
    ...drawn.current,
    left(household: string) {
      drawn.current = withoutLeft(drawn.current, household)
      redraw((count) => count + 1)
    },
  }
}
