import { describe, expect, it } from 'vitest'
import { drawPlan, nextDrawn, withoutLeft } from '#app/views/leaving-stops.ts'
import type { Stop, Today, Walk } from '#app/views/today-list.ts'

const stop = (household: string) => ({ household }) as Stop
const walkOf = (...groups: readonly (readonly [string, ...string[]])[]): Walk =>
  groups.map(([building, ...households]) => ({
    building,
    stops: households.map((household) => stop(household)),
  }))
const planOf = (met: readonly string[], groups: Walk, day = '2026-11-30') =>
  ({ day, met: new Set(met), groups }) as unknown as Today
const drawnOf = (walk: Walk) =>
  walk.map(({ building, stops }) => [building, ...stops.map(({ household }) => household)])

describe('a stop that is done', () => {
  const before = drawPlan(planOf([], walkOf(['a', '1', '2', '3'], ['b', '4'], ['c', '5'])))

  it('keeps its place and is marked as leaving until its row has closed', () => {
    const drawn = nextDrawn(before, planOf(['2'], walkOf(['a', '1', '3'], ['b', '4'], ['c', '5'])))
    expect(drawnOf(drawn.groups)).toEqual(drawnOf(before.groups))
    expect([...drawn.leaving]).toEqual(['2'])
    const after = withoutLeft(drawn, '2')
    expect(drawnOf(after.groups)).toEqual([
      ['a', '1', '3'],
      ['b', '4'],
      ['c', '5'],
    ])
    expect(after.leaving.size).toBe(0)
  })

  it('keeps its building too where it was the last one there', () => {
    const drawn = nextDrawn(before, planOf(['4'], walkOf(['a', '1', '2', '3'], ['c', '5'])))
    expect(drawnOf(drawn.groups)).toEqual(drawnOf(before.groups))
    expect(drawnOf(withoutLeft(drawn, '4').groups).map(([building]) => building)).toEqual([
      'a',
      'c',
    ])
  })

  it('goes on leaving while the next one is done and while others come', () => {
    const one = nextDrawn(before, planOf(['2'], walkOf(['a', '1', '3'], ['b', '4'], ['c', '5'])))
    const two = nextDrawn(one, planOf(['2', '4'], walkOf(['a', '1', '3'], ['c', '5', '6'])))
    expect(drawnOf(two.groups)).toEqual([
      ['a', '1', '2', '3'],
      ['b', '4'],
      ['c', '5', '6'],
    ])
    expect([...two.leaving].sort()).toEqual(['2', '4'])
  })

  it('stands in the list once where the visit is taken back before its row has closed', () => {
    const one = nextDrawn(before, planOf(['2'], walkOf(['a', '1', '3'], ['b', '4'], ['c', '5'])))
    const back = nextDrawn(one, before.plan)
    expect(drawnOf(back.groups)).toEqual(drawnOf(before.groups))
    expect(back.leaving.size).toBe(0)
  })

  it('does not leave with a tick where it was moved, or where the day is over', () => {
    const moved = nextDrawn(before, planOf([], walkOf(['a', '1', '3'], ['b', '4'], ['c', '5'])))
    expect(moved.leaving.size).toBe(0)
    const tomorrow = nextDrawn(before, planOf(['2'], walkOf(['a', '1']), '2026-12-01'))
    expect(drawnOf(tomorrow.groups)).toEqual([['a', '1']])
  })

  it('is that one alone: what a call out of turn moved to another day goes without a tick', () => {
    // Somebody who was not on the list was met, and the least urgent of today waits a day for it.
    const after = planOf(['elsewhere'], walkOf(['a', '1', '2', '3'], ['b', '4']))
    const drawn = nextDrawn(before, after)
    expect(drawn.leaving.size).toBe(0)
    expect(drawnOf(drawn.groups)).toEqual(drawnOf(after.groups))
  })
})
