/** A grid as data: what list and map are drawn from. */
import { describe, expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { noFilter, type Filter } from '#app/views/building-chart.ts'
import { gridChartOf, matchedIn } from '#app/views/grid-chart.ts'
import { marksOf, placesOf } from '#app/ui/walk/grid/places.ts'
import {
  building,
  dwelling,
  gridA,
  household,
  page,
  record,
  resident,
  today,
  uuid,
} from '../register/grid-of-samples.ts'

const secret = '样机密'
const here = { latitude: 30.0487, longitude: 119.9556 }
const walls = [
  [119.9555, 30.0486],
  [119.9557, 30.0486],
  [119.9557, 30.0488],
]
const records = [
  record('building', 100, {
    estate: '清风阳光苑',
    name: '3幢',
    storeys: 6,
    units: 1,
    order: 1,
    ...here,
    outline: walls,
  }),
  building(101, '12号', 2, '秋丰路'),
  dwelling(200, 100, '1', '101'),
  dwelling(201, 100, '1', '201'),
  dwelling(202, 101, null, '101'),
  // Red and overdue since the 8th, with the hukou outside.
  household(300, 200),
  resident(400, 300, secret, { birth: '1940-01-01', hukouDivision: '340100' }),
  household(301, 202),
  resident(401, 301, secret, { hukouDivision: '330111' }),
]
const register = createRegister()
register.applyPages([page(gridA, records)])
const chart = gridChartOf(register, gridA, today)
const matched = (filter: Partial<Filter>) =>
  matchedIn(chart, { ...noFilter, ...filter }).map(({ building: { name }, count, colours }) => [
    name,
    count,
    Object.entries(colours).flatMap(([key, number]) => (number > 0 ? [`${key} ${number}`] : [])),
  ])

describe('a grid', () => {
  it('is its buildings in walking order, with all their rooms counted together', () => {
    expect(chart.buildings.map(({ name, people, position }) => [name, people, position])).toEqual([
      ['3幢', 1, here],
      ['12号', 1, null],
    ])
    expect(chart.counts).toMatchObject({
      total: 3,
      colours: { red: 1, green: 1, grey: 1, orange: 0 },
      residences: { floating: 1, settled: 1, apart: 0 },
      overdue: 1,
    })
    expect(chart.counts.rules).toContainEqual({ rule: 'aged-80-alone', level: 'red', count: 1 })
  })

  it('is filtered to the buildings in which something matches', () => {
    expect(matched({})).toEqual([
      ['3幢', 2, ['red 1', 'grey 1']],
      ['12号', 1, ['green 1']],
    ])
    expect(matched({ colour: 'red' })).toEqual([['3幢', 1, ['red 1']]])
    expect(matched({ residence: 'settled' })).toEqual([['12号', 1, ['green 1']]])
    expect(matched({ overdue: true })).toEqual([['3幢', 1, ['red 1']]])
    expect(matched({ rule: 'aged-80-alone' })).toEqual([['3幢', 1, ['red 1']]])
    expect(matched({ overdue: true, residence: 'settled' })).toEqual([])
  })

  it('has nobody’s name in it', () => {
    expect(JSON.stringify(chart)).not.toContain(secret)
  })
})

describe('on the map', () => {
  it('stand a mark for each building whose place is known, its walls, and bounds around them', () => {
    const places = placesOf(chart.buildings)
    expect(places.points).toEqual([here])
    expect(places.outlines).toEqual([
      walls.map(([longitude, latitude]) => ({ longitude, latitude })),
    ])
    expect(places.bounds.length).toBeGreaterThan(4)
    expect(marksOf(matchedIn(chart, noFilter))).toEqual([
      {
        id: uuid(100),
        name: '3幢',
        position: here,
        colours: { red: 1, orange: 0, yellow: 0, blue: 0, green: 0, grey: 1 },
      },
    ])
    expect(marksOf(matchedIn(chart, { ...noFilter, residence: 'settled' }))).toEqual([])
  })

  it('is nothing where nobody has said where they stand', () => {
    const places = placesOf(chart.buildings.filter(({ position }) => !position))
    expect(places).toEqual({ points: [], outlines: [], bounds: [], area: null })
  })
})
