import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { countHeld } from '#app/views/held-here.ts'
import {
  building,
  dwelling,
  gridA,
  household,
  page,
  record,
  resident,
  uuid,
} from '../register/grid-of-samples.ts'

it('counts the grids that are here, and who lives in them now', () => {
  const register = createRegister()
  expect(countHeld(register)).toEqual({ grids: 0, allGrids: 0, people: 0 })
  register.applyPages([
    page(gridA, [
      {
        ...record('place', 1, { placeKind: 'grid', name: '样例网格', parent: uuid(2) }),
        id: gridA,
      },
      building(100, '3幢', 1),
      dwelling(200, 100, '1', '101'),
      household(300, 200),
      resident(400, 300, '样老大'),
      resident(401, 300, '样小二', { movedOutOn: '2026-11-01' }),
      resident(402, 300, '样小三', { diedOn: '2026-11-01' }),
    ]),
  ])
  expect(countHeld(register)).toEqual({ grids: 1, allGrids: 1, people: 1 })
})
