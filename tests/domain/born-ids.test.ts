import { uuidv7 } from 'uuidv7'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { idBornIn, isBornIn, markOfStream, shortOfId } from '#domain/born-ids.ts'
import { id as idSchema } from '#domain/field.ts'

const [grid, other] = [
  '01900000-0000-7000-8000-0000000000a1',
  '01900000-0000-7000-8000-0000000000a2',
]

it('an id says in which stream it was born, whatever its letters look like', () => {
  const id = idBornIn(grid, uuidv7())
  expect(v.is(idSchema, id)).toBe(true)
  expect(id.charAt(14)).toBe('8')
  expect([isBornIn(id, grid), isBornIn(id, other)]).toEqual([true, false])
  expect([isBornIn(id.toUpperCase(), grid.toUpperCase()), isBornIn(uuidv7(), grid)]).toEqual([
    true,
    null,
  ])
  expect(markOfStream(grid)).toMatch(/^[\da-f]{8}$/)
})

it('ids of one moment differ, stand in the order of making, and have short forms that differ', () => {
  const made = Array.from({ length: 20_000 }, () => idBornIn(grid, uuidv7()))
  expect(new Set(made).size).toBe(made.length)
  expect([...made].sort()).toEqual(made)
  expect(new Set(made.map(shortOfId)).size).toBe(made.length)
  expect(shortOfId('01900000-0000-7000-8000-0000000000a1')).toBe('0000000000a1')
})

it('marks are spread: of ten thousand streams hardly two have the same', () => {
  const streams = Array.from({ length: 10_000 }, () => uuidv7())
  expect(new Set(streams.map(markOfStream)).size).toBeGreaterThan(9_997)
})
