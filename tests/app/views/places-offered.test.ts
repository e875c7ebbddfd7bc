import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { placesOffered } from '#app/views/places-offered.ts'
import { page, record, uuid } from '../register/grid-of-samples.ts'

const place = (id: number, placeKind: string, name: string, parent: number | null, more = {}) =>
  page(uuid(id), [
    record('place', id, { placeKind, name, ...(parent ? { parent: uuid(parent) } : {}), ...more }),
  ])

function filled() {
  const register = createRegister()
  register.applyPages([
    place(1, 'subdistrict', '样例街道', null),
    place(2, 'community', '样例社区', 1),
    place(3, 'grid', '第二网格', 2, { order: 2 }),
    place(4, 'grid', '第一网格', 2, { order: 1 }),
    place(5, 'unit', '社区办公室', 2),
    place(6, 'unit', '样例城管中队', 1),
    place(7, 'grid', '旧网格', 2, { order: 3, closed: true }),
    place(8, 'community', '别的社区', 1),
    place(9, 'grid', '别的网格', 8),
  ])
  return register
}

it('what came for a community may go to its grids in their order, or to its own office', () => {
  expect(placesOffered(filled(), uuid(2)).map(({ label }) => label)).toEqual([
    '样例社区 社区办公室',
    '样例社区 第一网格',
    '样例社区 第二网格',
  ])
})

it('what came for the subdistrict may go to every grid, to no unit that handles errands, and not to itself', () => {
  const offered = placesOffered(filled(), uuid(1)).map(({ value }) => value)
  expect(offered).toContain(uuid(9))
  for (const id of [1, 2, 6, 7, 8]) expect(offered, String(id)).not.toContain(uuid(id))
})
