import { expect, it } from 'vitest'
import type { Place } from '#domain/place-schema.ts'
import type { Overview, PlaceFigures } from '#protocol/overview.ts'
import { createRegister } from '#app/register/create-register.ts'
import { gridStandings } from '#app/views/grid-standing.ts'
import {
  isVacant,
  listedPlaces,
  measureOf,
  placesBelow,
  placesHere,
  rootsOf,
  rootsOnDevice,
  sortedPlaces,
  unwalkedBelow,
} from '#app/views/overview-places.ts'
import { gridA, page, record, uuid } from '../register/grid-of-samples.ts'

const none = { red: 0, orange: 0, yellow: 0, blue: 0, green: 0, grey: 0 }
const calls = { total: 100, overdue: 0, today: 0, week: 0, later: 100 }

function figures(
  id: string,
  parent: string | null,
  more: Partial<PlaceFigures> = {},
): PlaceFigures {
  return {
    ...{
      id,
      parent,
      residents: { total: 10, colours: none },
      dwellings: { total: 4, colours: none },
    },
    ...{ residence: { floating: 0, apart: 0, settled: 10 }, calls, walked: true },
    ...more,
  }
}

const told: Overview = {
  ...{ ok: true, at: '2026-11-23T02:00:00.000Z', day: '2026-11-23', least: 0 },
  places: [
    figures('town', null),
    figures('second', 'town'),
    figures('first', 'town'),
    figures('closed', 'town'),
    figures('lane', 'first', { walked: false }),
  ],
}
const place = (name: string, placeKind: Place['placeKind'], order: number, closed?: string) =>
  ({ name, placeKind, order, closed }) as unknown as Place
const places = new Map([
  ['town', place('样例街道', 'subdistrict', 0)],
  ['first', place('样例社区', 'community', 1)],
  ['second', place('样例村', 'village', 2)],
  ['closed', place('从前的村', 'village', 3, '2026-01-01')],
  ['lane', place('第一网格', 'grid', 1)],
])

it('begin with those that an account was given', () => {
  expect(rootsOf(told).map(({ id }) => id)).toEqual(['town'])
})

it('lie below one in their own order, without closed ones, and an unknown one by its id', () => {
  const below = placesBelow(told, 'town', places, () => 7)
  expect(below.map(({ name, unwalked }) => [name, unwalked])).toEqual([
    ['样例社区', 7],
    ['样例村', 7],
  ])
  const [unknown] = placesBelow({ ...told, places: [figures('x', null)] }, null, places, null)
  expect([unknown?.name, unknown?.unwalked]).toEqual(['x', null])
})

it('count the grids below them that nobody walks, and a grid none below itself', () => {
  const grids = gridStandings(told, (id) => places.get(id) ?? null, told.day)
  const of = unwalkedBelow(grids, told)
  expect(['town', 'first', 'second', 'lane'].map(of)).toEqual([1, 1, null, null])
})

it('are listed for a workbook each under the one above it', () => {
  expect(
    listedPlaces(told, 'town', places).map(({ name, placeKind }) => [name, placeKind]),
  ).toEqual([
    ['样例街道', 'subdistrict'],
    ['样例街道 样例社区', 'community'],
    ['样例街道 样例社区 第一网格', 'grid'],
    ['样例街道 样例村', 'village'],
  ])
  expect(listedPlaces(told, 'nowhere', places)).toEqual([])
})

it('are compared by what is told, and what is not stays where it was', () => {
  const named = (id: string, more: Partial<PlaceFigures> = {}) => ({
    ...{ figures: figures(id, null, more), name: id, unwalked: null },
  })
  const late = named('late', { calls: { ...calls, overdue: 30 } })
  const red = named('red', { residents: { total: 5, colours: { ...none, red: 2 } } })
  const hidden = named('hidden', { calls: { ...calls, overdue: null } })
  const all = [hidden, red, late]
  const ids = (by: 'order' | 'overdue' | 'red') => sortedPlaces(all, by).map(({ name }) => name)
  expect(ids('order')).toEqual(['hidden', 'red', 'late'])
  expect(ids('overdue')).toEqual(['late', 'hidden', 'red'])
  expect(ids('red')).toEqual(['red', 'hidden', 'late'])
  expect(measureOf(late, 'overdue')).toBe(30)
  expect(measureOf(hidden, 'overdue')).toBeNull()
  expect(measureOf(named('a', { visits: { week: 9, today: 0, missed: 0 } }), 'met')).toBe(9)
  expect(measureOf(named('b'), 'met')).toBeNull()
  expect(measureOf(red, 'residents')).toBe(5)
})

it('are vacant where neither a resident nor a dwelling is', () => {
  const empty = { total: 0, colours: none }
  const of = (more: Partial<PlaceFigures>) =>
    isVacant({ figures: figures('a', null, more), name: 'a', unwalked: null })
  expect(of({ residents: empty, dwellings: empty })).toBe(true)
  expect(of({ residents: empty })).toBe(false)
  expect(of({ residents: { total: null, colours: none }, dwellings: empty })).toBe(false)
})

it('are known by name where this device has them, and counted from its own grids', () => {
  const register = createRegister()
  register.applyPages([
    page(uuid(50), [record('place', 50, { placeKind: 'village', name: '样例村', parent: null })]),
    page(gridA, [record('place', 1, { placeKind: 'grid', name: '第一网格', parent: uuid(50) })]),
  ])
  expect(placesHere(register).get(uuid(50))?.name).toBe('样例村')
  expect(rootsOnDevice(register)).toEqual([uuid(50)])
})
