import { useEffect, useRef, useState } from 'preact/hooks'
import type * as LeavingStops from '#app/views/leaving-stops.ts'
import type { DrawnPlan } from '#app/views/leaving-stops.ts'
import type { Today } from '#app/views/today-list.ts'

const none: ReadonlySet<string> = new Set()
const drawPlan = (plan: Today): DrawnPlan => ({ plan, groups: plan.groups, leaving: none })

/**
 * The plan with the rows that are about to leave it; `left` hears of each that has closed. What works that out is fetched
 * after the first list is drawn: a stop that is done before that leaves at once.
 */
export function useDrawnPlan(plan: Today, grid: string | undefined) {
  const drawn = useRef(drawPlan(plan))
  const of = useRef(grid)
  const leaving = useRef<typeof LeavingStops | null>(null)
  const [, redraw] = useState(0)
  useEffect(() => {
    import('#app/views/leaving-stops.ts').then(
      (module) => {
        leaving.current = module
      },
      () => undefined,
    )
  }, [])
  if (drawn.current.plan !== plan) {
    const isSame = of.current === grid && leaving.current
    drawn.current = isSame ? isSame.nextDrawn(drawn.current, plan) : drawPlan(plan)
    of.current = grid
  }
  return {
    ...drawn.current,
    left(household: string) {
      if (leaving.current) drawn.current = leaving.current.withoutLeft(drawn.current, household)
      redraw((count) => count + 1)
    },
  }
}
