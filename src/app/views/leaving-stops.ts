/** Stops that were done a moment ago keep their place in the list of today until their rows have closed. */
import type { Stop, Today, Walk } from './today-list.ts'

/** A plan as it is drawn: with the stops that were done a moment ago, until their rows have closed. */
export interface DrawnPlan {
  readonly plan: Today
  readonly groups: Walk
  readonly leaving: ReadonlySet<string>
}

export function drawPlan(plan: Today): DrawnPlan {
  return { plan, groups: plan.groups, leaving: new Set() }
}

/**
 * The plan of the same grid after `drawn`: whoever was met in between keeps their place and is marked as leaving. A stop that
 * moved to a later day, since a call was made out of turn, goes without a tick.
 */
export function nextDrawn(drawn: DrawnPlan, plan: Today): DrawnPlan {
  const staying = new Set(plan.groups.flatMap(({ stops }) => stops.map((stop) => stop.household)))
  // Another day is another list.
  const isSameWalk = plan.day === drawn.plan.day
  const isLeaving = ({ household }: Stop) =>
    !staying.has(household) && isSameWalk && plan.met.has(household)
  const groups = plan.groups.map(({ building, stops }) => ({ building, stops: [...stops] }))
  const leaving = new Set<string>()
  drawn.groups.forEach((group, index) => {
    let at = 0
    for (const stop of group.stops) {
      let into = groups.find(({ building }) => building === group.building)
      if (isLeaving(stop)) {
        if (!into) {
          const before = drawn.groups[index - 1]?.building
          into = { building: group.building, stops: [] }
          groups.splice(groups.findIndex(({ building }) => building === before) + 1, 0, into)
        }
        into.stops.splice(at, 0, stop)
        leaving.add(stop.household)
        at += 1
      } else if (into)
        at = into.stops.findIndex((one) => one.household === stop.household) + 1 || at
    }
  })
  return leaving.size > 0 ? { plan, groups, leaving } : drawPlan(plan)
}

/** Its row has closed. */
export function withoutLeft(drawn: DrawnPlan, household: string): DrawnPlan {
  const leaving = new Set(drawn.leaving)
  leaving.delete(household)
  const groups = drawn.groups
    .map((group) => ({
      ...group,
      stops: group.stops.filter((stop) => stop.household !== household),
    }))
    .filter(({ stops }) => stops.length > 0)
  return { plan: drawn.plan, groups, leaving }
}
