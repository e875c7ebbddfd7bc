/** What somebody types about where a building stands, and what of it comes into the record. */
import { describe, expect, it } from 'vitest'
import { metresBetween, moveBy, wgsToGcj } from '#domain/position.ts'
import { metresToNearest, readLocation, valuesOf } from '#app/views/location-values.ts'

const here = { latitude: 30.0487, longitude: 119.9556 }
const walls = [
  [119.9555, 30.0486],
  [119.9557, 30.0486],
  [119.9557, 30.0488],
] as [number, number][]

describe('a location', () => {
  it('that nobody touched stays as it is', () => {
    for (const fields of [{ ...here, outline: walls }, {}]) {
      expect(readLocation(valuesOf(fields)).fields).toEqual({
        latitude: null,
        longitude: null,
        outline: null,
        ...fields,
      })
    }
  })

  it('copied from a shifted map is turned back, with its walls', () => {
    const shifted = wgsToGcj(here)
    const text = `${shifted.longitude},${shifted.latitude}`
    const corner = wgsToGcj({ latitude: 30.0486, longitude: 119.9555 })
    const lines = Array.from({ length: 3 }, () => `${corner.longitude} ${corner.latitude}`)
    const read = readLocation({ text, walls: lines.join('\n'), datum: 'gcj02' })
    expect(read.position && metresBetween(read.position, here)).toBeLessThan(0.2)
    expect(read.fields.outline?.[0]?.[0]).toBeCloseTo(119.9555, 5)
    const asIfWgs = readLocation({ text, walls: '', datum: 'wgs84' })
    expect(asIfWgs.position && metresBetween(asIfWgs.position, here)).toBeGreaterThan(300)
  })

  it('that cannot be read says what is wrong, and in which line', () => {
    const read = (text: string, lines: string) => {
      const { textProblem, wallsProblem, wallsLine } = readLocation({
        text,
        walls: lines,
        datum: 'wgs84',
      })
      return [textProblem, wallsProblem, wallsLine]
    }
    expect(read('样例', '')).toEqual(['not-two-numbers', null, null])
    expect(read('1, 2', '')).toEqual(['not-in-china', null, null])
    const corner = '30.0486 119.9555'
    expect(read('', `${corner}\n\n${corner}`)).toEqual([null, 'too-few-corners', null])
    expect(read('', `${corner}\n${corner}\nx`)).toEqual([null, 'not-two-numbers', 3])
    const many = Array.from({ length: 201 }, () => corner).join('\n')
    expect(read('', many)).toEqual([null, 'too-many-corners', null])
  })

  it('is held against the nearest neighbour', () => {
    const others = [moveBy(here, 30, 0), moveBy(here, 0, 500), {}]
    expect(metresToNearest(here, others)).toBeCloseTo(30, 0)
    expect(metresToNearest(here, [{}])).toBeNull()
  })
})
