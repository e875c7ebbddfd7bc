import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { boundsAround, rectangleAround } from '#domain/bounds.ts'
import { metresBetween, moveBy, type Position } from '#domain/position.ts'

const middle: Position = { latitude: 30.0487, longitude: 119.9556 }
const near = fc
  .tuple(fc.integer({ min: -400, max: 400 }), fc.integer({ min: -400, max: 400 }))
  .map(([north, east]) => moveBy(middle, north, east))

/** Twice the area of the triangle, positive where `c` lies to the left of the way from `a` to `b`. */
function side(a: Position, b: Position, c: Position): number {
  return (
    (b.longitude - a.longitude) * (c.latitude - a.latitude) -
    (b.latitude - a.latitude) * (c.longitude - a.longitude)
  )
}

describe('the bounds of a grid', () => {
  it('have all of its buildings inside, with room, and turn one way', () => {
    fc.assert(
      fc.property(fc.array(near, { minLength: 1, maxLength: 40 }), (positions) => {
        const ring = boundsAround(positions, 25)
        expect(ring.length).toBeGreaterThan(4)
        const edges = ring.map((from, index) => [from, ring[(index + 1) % ring.length]!] as const)
        for (const [from, to] of edges) {
          for (const one of positions) expect(side(from, to, one)).toBeGreaterThan(0)
        }
        for (const corner of ring) {
          const distances = positions.map((one) => metresBetween(one, corner))
          // Eight corners are no circle: of another building a little less.
          expect(Math.min(...distances)).toBeGreaterThan(25 * Math.cos(Math.PI / 8) - 0.1)
          expect(Math.min(...distances)).toBeLessThan(25.5)
        }
      }),
    )
  })

  it('of nothing have no corners', () => {
    expect(boundsAround([], 25)).toEqual([])
  })
})

describe('the rectangle around places', () => {
  it('touches the outermost of them', () => {
    const positions = [moveBy(middle, 10, -20), middle, moveBy(middle, -5, 30)]
    expect(rectangleAround(positions)).toEqual({
      west: positions[0]?.longitude,
      south: positions[2]?.latitude,
      east: positions[2]?.longitude,
      north: positions[0]?.latitude,
    })
  })

  it('is none of nothing', () => {
    expect(rectangleAround([])).toBeNull()
  })
})
