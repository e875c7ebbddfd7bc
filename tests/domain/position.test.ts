import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import {
  formatPosition,
  gcjToWgs,
  isInChina,
  metresBetween,
  moveBy,
  positionOf,
  readPosition,
  roundPosition,
  wgsToGcj,
  type Position,
} from '#domain/position.ts'

const at = (latitude: number, longitude: number): Position => ({ latitude, longitude })

/** Points that the public descriptions of GCJ-02 compute: WGS 84, then GCJ-02. */
const known: readonly (readonly [string, Position, Position])[] = [
  ['上海', at(31.1774276, 121.5272106), at(31.17530398364597, 121.531541859215)],
  ['深圳', at(22.543847, 113.912316), at(22.540796131694766, 113.9171764808363)],
  ['北京', at(39.911954, 116.377817), at(39.91334545536069, 116.38404722455657)],
]

const inland = fc
  .record({
    latitude: fc.double({ min: 18, max: 53, noNaN: true }),
    longitude: fc.double({ min: 75, max: 134, noNaN: true }),
  })
  .filter(isInChina)

describe('GCJ-02', () => {
  it.each(known)('at %s is what is known of it, both ways', (_, wgs, gcj) => {
    expect(metresBetween(wgsToGcj(wgs), gcj)).toBeLessThan(0.05)
    expect(metresBetween(gcjToWgs(gcj), wgs)).toBeLessThan(0.05)
  })

  it('shifts a point by some hundred metres, and comes back to it', () => {
    fc.assert(
      fc.property(inland, (point) => {
        const shift = metresBetween(point, wgsToGcj(point))
        expect(shift).toBeGreaterThan(20)
        expect(shift).toBeLessThan(1_500)
        expect(metresBetween(gcjToWgs(wgsToGcj(point)), point)).toBeLessThan(0.01)
      }),
    )
  })

  it('shifts nothing abroad', () => {
    const london = at(51.5, -0.1)
    expect([wgsToGcj(london), gcjToWgs(london)]).toEqual([london, london])
  })
})

describe('distances', () => {
  it('are metres', () => {
    const from = at(30.05, 119.95)
    expect(metresBetween(from, moveBy(from, 30, 40))).toBeCloseTo(50, 1)
    expect(metresBetween(from, moveBy(from, -300, 0))).toBeCloseTo(300, 1)
    expect(metresBetween(from, from)).toBe(0)
  })
})

describe('coordinates as people copy them', () => {
  const here = at(30.0487, 119.9556)

  it.each([
    '119.9556,30.0487',
    '30.0487，119.9556',
    ' 30.0487 119.9556 ',
    '经度：119.9556　纬度：30.0487',
    '{"lng":119.9556,"lat":30.0487}',
    '１１９．９５５６，３０．０４８７',
    'N30.0487° E119.9556°',
    '30.0487\n119.9556',
  ])('%j', (text) => {
    expect(readPosition(text)).toEqual({ ok: true, position: here })
  })

  it.each([
    '北纬30°2′55.32″ 东经119°57′20.16″',
    `30°2'55.32"N, 119°57'20.16"E`,
    '30度2分55.32秒 119度57分20.16秒',
  ])('with minutes and seconds: %s', (text) => {
    const read = readPosition(text)
    expect(read.ok && metresBetween(read.position, here)).toBeLessThan(0.1)
  })

  it('with minutes alone', () => {
    expect(readPosition("30°30' 120°15'")).toEqual({ ok: true, position: at(30.5, 120.25) })
  })

  it.each(['', '3幢', '119.9556', '30.0487,119.9556,15', '清风阳光苑'])(
    'but %j is no two numbers',
    (text) => {
      expect(readPosition(text)).toEqual({ ok: false, problem: 'not-two-numbers' })
    },
  )

  it.each(['0,0', '30.0487,19.9556', '51.5 -0.1', '119.9556,119.9556', '30.0487,30.0487'])(
    'and %j is not in China',
    (text) => {
      expect(readPosition(text)).toEqual({ ok: false, problem: 'not-in-china' })
    },
  )

  it('are shown so that they can be pasted again', () => {
    fc.assert(
      fc.property(inland, (point) => {
        const rounded = roundPosition(point)
        expect(readPosition(formatPosition(rounded))).toEqual({ ok: true, position: rounded })
      }),
    )
  })
})

describe('the position of a record', () => {
  it('is there where both numbers are', () => {
    expect(positionOf({ latitude: 30, longitude: 120 })).toEqual(at(30, 120))
    expect(positionOf({ latitude: 30 })).toBeNull()
    expect(positionOf({ latitude: null, longitude: 120 })).toBeNull()
    expect(positionOf({})).toBeNull()
  })
})
