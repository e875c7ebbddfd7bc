import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import type { Rec } from '#app/views/records.ts'
import { lastMetAt, livelierOf } from '#app/views/same-person.ts'
import {
  building,
  dwelling,
  gridA,
  household,
  page,
  resident,
  uuid,
  visit,
} from '../register/grid-of-samples.ts'

function staged(first: Record<string, unknown> = {}, visits: ReturnType<typeof visit>[] = []) {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      building(2, '3幢', 1),
      dwelling(3, 2, '1', '301'),
      dwelling(4, 2, '1', '302'),
      household(5, 3),
      household(6, 4),
      resident(7, 5, '样例甲', first),
      resident(8, 6, '样例甲'),
      ...visits,
    ]),
  ])
  const [a, b] = [7, 8].map((id) => register.get('resident', uuid(id)) as Rec<'resident'>)
  return { register, a: a as Rec<'resident'>, b: b as Rec<'resident'> }
}

it('is where somebody still lives', () => {
  const { register, a, b } = staged({ movedOutOn: '2026-10-01' }, [
    visit(20, 5, '2026-11-20T01:00:00.000Z'),
  ])
  expect(livelierOf(register, a, b)).toBe('b')
  expect(livelierOf(register, b, a)).toBe('a')
})

it('is where they were met last, else the first of them', () => {
  const met = visit(21, 6, '2026-11-21T01:00:00.000Z')
  const { register, a, b } = staged({}, [visit(20, 5, '2026-11-20T01:00:00.000Z'), met])
  expect(livelierOf(register, a, b)).toBe('b')
  const quiet = staged()
  expect(livelierOf(quiet.register, quiet.a, quiet.b)).toBe('a')
})

it('counts a visit at which this person, or anybody of the household, was met', () => {
  const { register, a, b } = staged({}, [
    visit(20, 5, '2026-11-20T01:00:00.000Z'),
    visit(22, 5, '2026-11-22T01:00:00.000Z', { outcome: 'nobody-home' }),
    visit(23, 5, '2026-11-23T01:00:00.000Z', { resident: uuid(99) }),
  ])
  expect(lastMetAt(register, a)).toBe('2026-11-20T01:00:00.000Z')
  expect(lastMetAt(register, b)).toBe('')
})
