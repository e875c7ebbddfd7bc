import { describe, expect, it } from 'vitest'
import {
  countStops,
  filterWalk,
  firstStops,
  laterUnder,
  type Stop,
  type Walk,
} from '#app/views/today-list.ts'

const stop = (household: string, more: Partial<Stop> = {}) =>
  ({ household, colour: 'green', overdue: 0, ...more }) as Stop
const walkOf = (...groups: readonly (readonly [string, ...string[]])[]): Walk =>
  groups.map(([building, ...households]) => ({
    building,
    stops: households.map((household) => stop(household)),
  }))
const drawnOf = (walk: Walk) =>
  walk.map(({ building, stops }) => [building, ...stops.map(({ household }) => household)])

describe('the list of today', () => {
  it('leaves what a filter asks for, and no building without a stop', () => {
    const walk: Walk = [
      { building: 'a', stops: [stop('1', { colour: 'red' }), stop('2', { overdue: 3 })] },
      { building: 'b', stops: [stop('3')] },
    ]
    expect(drawnOf(filterWalk(walk, 'red'))).toEqual([['a', '1']])
    expect(drawnOf(filterWalk(walk, 'overdue'))).toEqual([['a', '2']])
    expect(filterWalk(walk, 'all')).toBe(walk)
    expect(countStops(walk)).toBe(3)
  })

  it('draws the first so many, and cuts a building where they end', () => {
    const walk = walkOf(['a', '1', '2'], ['b', '3', '4'], ['c', '5'])
    expect(drawnOf(firstStops(walk, 3))).toEqual([
      ['a', '1', '2'],
      ['b', '3'],
    ])
    expect(firstStops(walk, 0)).toEqual([])
  })

  it('counts of the next days what a filter leaves', () => {
    const later = { count: 9, overdue: 4 }
    const walk: Walk = [
      { building: 'a', stops: [stop('1', { colour: 'red', overdue: 2 }), stop('2')] },
      { building: 'b', stops: [stop('3', { colour: 'red' })] },
    ]
    expect(laterUnder(later, [], 'all')).toEqual(later)
    expect(laterUnder(later, [], 'overdue')).toEqual({ count: 4, overdue: 4 })
    expect(laterUnder(later, filterWalk(walk, 'red'), 'red')).toEqual({ count: 2, overdue: 1 })
    expect(laterUnder(later, filterWalk(walk, 'blue'), 'blue')).toEqual({ count: 0, overdue: 0 })
  })
})
