/** Sample weeks before the demo began: a walk back from how its grids stand, so that a course can be looked at. */
import { addDays, type Day } from '#domain/day.ts'
import { colourKeys, type ColourKey } from '#domain/level.ts'
import type { Random } from './random.ts'

export interface WeekBefore {
  readonly week: Day
  readonly day: Day
  readonly residents: Record<ColourKey, number>
  readonly dwellings: Record<ColourKey, number>
  readonly calls: number
  readonly overdue: number
}

export type WeekNow = Omit<WeekBefore, 'week' | 'day'>

const weeks = 12

/**
 * The weeks before `monday`, the last one first. Going back, some were not verified yet, some stood in a more urgent
 * colour, and a few more visits were late; as many lived there, near enough.
 */
export function pastWeeks(random: Random, now: WeekNow, monday: Day): WeekBefore[] {
  const past: WeekBefore[] = []
  let after: WeekNow = now
  for (let back = 1; back <= weeks; back += 1) {
    const before = {
      residents: stepBack(random, after.residents),
      dwellings: stepBack(random, after.dwellings),
      calls: after.calls,
      overdue: Math.max(0, after.overdue + random.between(-1, 2)),
    }
    const week = addDays(monday, -7 * back)
    past.push({ week, day: addDays(week, 6), ...before })
    after = before
  }
  return past
}

function stepBack(random: Random, after: Record<ColourKey, number>): Record<ColourKey, number> {
  const before = { ...after }
  const move = (from: ColourKey, to: ColourKey, most: number) => {
    const n = Math.min(before[from], random.between(0, most))
    before[from] -= n
    before[to] += n
  }
  move('green', 'grey', 3)
  move('blue', 'yellow', 2)
  for (const [index, key] of colourKeys.slice(1, 4).entries()) {
    move(key, colourKeys[index] ?? key, 1)
    move(colourKeys[index] ?? key, key, 1)
  }
  return before
}
