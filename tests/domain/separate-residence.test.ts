/** One person with the hukou behind one door and the life behind another: which of two records is which. */
import { describe, expect, it } from 'vitest'
import type { Resident } from '#domain/resident.ts'
import { isHukouAt, livingOneOf, type AtDoor } from '#domain/separate-residence.ts'

const at = (household: string, door: string, fields: Partial<Resident> = {}): AtDoor => ({
  fields: { household, name: '样例甲', ...fields },
  door,
})
const home = '清风阳光苑 3幢2单元501室'
const old = '秋丰村 12号'

describe('of two records of one person', () => {
  it.each<[string, AtDoor, AtDoor, 'a' | 'b' | null]>([
    ['one says that only the hukou is there', at('1', home), at('2', old, { residence: '3' }), 'a'],
    [
      'both say where they belong',
      at('1', home, { residence: '2' }),
      at('2', old, { residence: '3' }),
      'a',
    ],
    [
      'one lives apart, with the hukou written at the other door',
      at('1', home, { residence: '2', hukouAddress: '浙江省杭州市富阳区富春街道秋丰村12号' }),
      at('2', old, { residence: '1' }),
      'a',
    ],
    [
      'one lives apart, with the hukou somewhere else',
      at('1', home, { residence: '2', hukouAddress: '安徽省阜阳市临泉县' }),
      at('2', old, { residence: '1' }),
      null,
    ],
    ['nothing says so', at('1', home, { residence: '1' }), at('2', old, { residence: '1' }), null],
    [
      'both are only the hukou',
      at('1', home, { residence: '3' }),
      at('2', old, { residence: '3' }),
      null,
    ],
    ['they stand in one household', at('1', home), at('1', home, { residence: '3' }), null],
    [
      'one moved out',
      at('1', home, { movedOutOn: '2026-01-01' }),
      at('2', old, { residence: '3' }),
      null,
    ],
  ])('%s', (_, a, b, living) => {
    expect(livingOneOf(a, b)).toBe(living)
    // The same from the other side.
    const turned = living === 'a' ? 'b' : living === 'b' ? 'a' : null
    expect(livingOneOf(b, a)).toBe(turned)
  })
})

it.each([
  ['杭州市富阳区富春街道清风阳光苑3幢2单元501室', home, true],
  ['清风阳光苑3-2-501', home, true],
  ['3幢501', home, true],
  ['清风阳光苑3幢2单元502室', home, false],
  ['清风阳光苑4幢2单元501室', home, false],
  ['别处花园3幢2单元501室', home, false],
  ['安徽省阜阳市临泉县', home, false],
  ['', home, false],
  [null, home, false],
  ['秋丰村12号', old, true],
  ['秋丰村12号', '', false],
])('the hukou address %j at %j: %j', (address, door, expected) => {
  expect(isHukouAt(address, door)).toBe(expected)
})
