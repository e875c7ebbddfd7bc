import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { roomsOffered } from '#app/views/rooms-offered.ts'
import {
  building,
  dwelling,
  gridA,
  gridB,
  household,
  page,
  record,
  resident,
  uuid,
} from '../register/grid-of-samples.ts'

const register = createRegister()
register.applyPages([
  page(gridA, [
    record('place', 1, { placeKind: 'grid', name: '第一网格', parent: uuid(9) }),
    building(100, '3幢', 1),
    dwelling(200, 100, '1', '101'),
    household(300, 200),
    resident(400, 300, '样101'),
  ]),
  page(gridB, [
    record('place', 2, { placeKind: 'grid', name: '第二网格', parent: uuid(9) }),
    building(110, '4幢', 1),
    dwelling(210, 110, '1', '101'),
  ]),
])

it('offers rooms alone: of the own grid first, of others with their name', () => {
  const offered = roomsOffered(register, '101', gridB)
  expect(offered.map(({ id, grid }) => [id, grid])).toEqual([
    [uuid(210), ''],
    [uuid(200), '第一网格'],
  ])
  expect(offered[0]?.door).toBe('清风阳光苑 4幢1单元101室')
})

it('offers none before something is typed', () => {
  expect(roomsOffered(register, '  ', gridA)).toEqual([])
})
