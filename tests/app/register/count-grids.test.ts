import { expect, it } from 'vitest'
import { countGrids } from '#app/register/count-grids.ts'
import { createRegister } from '#app/register/create-register.ts'
import { gridName } from '#app/views/door.ts'
import { page, record, uuid } from './grid-of-samples.ts'

const [community, grid, micro, second] = [91, 1, 2, 3].map(uuid) as [string, string, string, string]
const place = (id: string, placeKind: string, parent: string | null, name: string) =>
  page(id, [record('place', 1, { placeKind, parent, name }, { id, version: 1 })])

it('counts a grid with its micro-grids once, and names them one after the other', () => {
  const register = createRegister()
  register.applyPages([
    place(community, 'community', null, '样例社区'),
    place(grid, 'grid', community, '第一网格'),
    place(micro, 'micro-grid', grid, '微网格一'),
  ])
  expect(register.grids().map(({ id }) => id)).toEqual([grid, micro])
  expect(countGrids(register)).toBe(1)
  expect(gridName(register, micro)).toBe('样例社区 第一网格 微网格一')
  register.applyPages([place(second, 'micro-grid', uuid(9), '微网格二')])
  // Of a grid that is not on this device its micro-grid is one.
  expect(countGrids(register)).toBe(2)
})
