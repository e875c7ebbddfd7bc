import { describe, expect, it } from 'vitest'
import { isGrid, placeKinds } from '#domain/place.ts'
import { problemsOfNew } from '#domain/schemas.ts'
import {
  mayStandUnder,
  obstacleToKind,
  takesBuildings,
  type PlaceToTurn,
} from '#domain/place-rules.ts'

describe('a micro-grid', () => {
  it('stands under a grid and under nothing else, and nothing stands under it', () => {
    expect(placeKinds.filter((kind) => mayStandUnder('micro-grid', kind))).toEqual(['grid'])
    expect(placeKinds.filter((kind) => mayStandUnder(kind, 'micro-grid'))).toEqual([])
    expect(placeKinds.filter(isGrid)).toEqual(['grid', 'micro-grid'])
  })

  it('takes buildings, and leaves those of its grid where they are', () => {
    expect(takesBuildings('micro-grid', [])).toBe(true)
    expect(takesBuildings('grid', ['micro-grid'])).toBe(true)
  })
})

it('lets a community take buildings as long as no grid is below it, and a unit or a subdistrict never', () => {
  for (const kind of ['community', 'village', 'cooperative'] as const) {
    expect(takesBuildings(kind, [])).toBe(true)
    expect(takesBuildings(kind, ['unit'])).toBe(true)
    expect(takesBuildings(kind, ['unit', 'grid'])).toBe(false)
  }
  expect(takesBuildings('subdistrict', [])).toBe(false)
  expect(takesBuildings('unit', [])).toBe(false)
})

describe('another kind', () => {
  const place: PlaceToTurn = {
    ...{ kind: 'community', parent: 'subdistrict' },
    ...{ below: ['grid'], roles: ['staff'], hasRecords: false },
  }
  it('is taken where nothing is forbidden then', () => {
    expect(obstacleToKind('village', place)).toBe(null)
    expect(obstacleToKind('cooperative', { ...place, hasRecords: true })).toBe(null)
    const grid: PlaceToTurn = {
      ...place,
      kind: 'grid',
      parent: 'grid',
      below: [],
      roles: ['worker'],
    }
    expect(obstacleToKind('micro-grid', { ...grid, hasRecords: true })).toBe(null)
  })
  it('is not, and says what stands in the way', () => {
    expect(obstacleToKind('grid', place)).toEqual({ what: 'parent', kind: 'subdistrict' })
    expect(obstacleToKind('unit', place)).toEqual({ what: 'below', kind: 'grid' })
    const alone = { ...place, below: [] }
    expect(obstacleToKind('unit', alone)).toEqual({ what: 'role', role: 'staff' })
    expect(obstacleToKind('unit', { ...alone, roles: [], hasRecords: true })).toEqual({
      what: 'records',
    })
    // A community without grids has workers of its own; a unit has none.
    expect(obstacleToKind('village', { ...alone, roles: ['worker'] })).toBe(null)
  })
})

it('has letters of its own, and never those of the hotline’s numbers', () => {
  const letters = (own: string) =>
    problemsOfNew('place', { placeKind: 'community', name: '样例社区', letters: own })
  expect(letters('JJQ')).toEqual([])
  expect(letters('RXA')).toEqual([])
  expect(letters('RX')).toEqual([{ field: 'letters', problem: 'wrong-shape' }])
})
