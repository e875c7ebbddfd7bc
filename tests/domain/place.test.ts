import { describe, expect, it } from 'vitest'
import { isGrid, placeKinds } from '#domain/place.ts'
import { mayStandUnder, takesBuildings } from '#domain/place-rules.ts'

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
