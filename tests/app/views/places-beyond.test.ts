/** Over which places the server is asked for a table: the office's own one and what is an office below it. */
import { expect, it } from 'vitest'
import type { SessionState } from '#app/stores/session-state.ts'
import { createRegister } from '#app/register/create-register.ts'
import { placesBeyond } from '#app/views/places-beyond.ts'
import { page, record, uuid } from '../register/grid-of-samples.ts'

const place = (id: number, placeKind: string, name: string, parent: number | null, order = 0) =>
  page(uuid(id), [
    record('place', id, { placeKind, name, order, parent: parent === null ? null : uuid(parent) }),
  ])

function registerOf(stream: number) {
  const register = createRegister()
  register.applyPages([
    place(1, 'subdistrict', '样例街道', null),
    place(2, 'community', '乙社区', 1, 2),
    place(3, 'community', '甲社区', 1, 1),
    place(4, 'grid', '乙网格', 2),
    place(5, 'grid', '甲网格', 3),
    place(6, 'micro-grid', '甲微网格', 5),
    page(uuid(stream), [record('account', 900, { name: '样例', role: 'staff' })]),
  ])
  return register
}
const account = { id: uuid(900), role: 'staff' } as unknown as SessionState['account']
const names = (stream: number) =>
  placesBeyond(registerOf(stream), account).map(({ label }) => label)

it('the subdistrict with its communities in their order, no grid', () => {
  expect(names(1)).toEqual(['样例街道', '甲社区', '乙社区'])
})

it('a community alone for whoever works there, and nothing before anything came', () => {
  expect(names(2)).toEqual(['乙社区'])
  expect(placesBeyond(createRegister(), account)).toEqual([])
})
