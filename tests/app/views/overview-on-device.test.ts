/** The figures of a place counted on the device itself, for an office without a connection. */
import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { countOnDevice } from '#app/views/overview-on-device.ts'
import * as of from '../register/grid-of-samples.ts'

const { gridA, gridB, today, uuid } = of
const going = { aborted: false }
const rest = () => Promise.resolve()

function stage() {
  const register = createRegister()
  const grid = (id: number) =>
    of.record('place', id, { placeKind: 'grid', name: String(id), parent: uuid(5) })
  const community = of.record('place', 5, { placeKind: 'community', name: '样例社区' })
  register.applyPages([
    of.page(gridA, [
      ...[community, grid(1), of.building(10, '3幢', 1)],
      ...[of.dwelling(20, 10, '1', '101'), of.dwelling(21, 10, '1', '102')],
      ...[of.household(30, 20), of.household(31, 20, { endedOn: '2026-11-02' })],
      of.resident(40, 30, '样例甲', { hukouDivision: '411500' }),
      of.resident(41, 30, '样例乙'),
      of.resident(42, 30, '从前的', { movedOutOn: '2026-11-02' }),
      of.visit(50, 30, '2026-11-20T01:00:00.000Z'),
    ]),
    of.page(gridB, [
      ...[grid(2), of.building(11, '8幢', 1), of.dwelling(22, 11, '1', '101')],
      ...[of.household(32, 22), of.resident(43, 32, '样例丙', { birth: '1940-01-01' })],
    ]),
  ])
  return register
}

it('counts whoever lives there, and each household once by the day on which it is due', async () => {
  const figures = await countOnDevice(stage(), uuid(5), today, rest, going)
  expect(figures).toMatchObject({
    ...{ grids: 2, residence: { floating: 1, apart: 0, settled: 2 } },
    residents: { total: 3 },
    dwellings: { total: 3 },
    calls: { total: 2 },
  })
  expect(figures?.residents.colours.red).toBe(1)
  const { total, ...days } = figures!.calls
  expect(Object.values(days).reduce((sum, count) => sum + count)).toBe(total)
  // Nobody ever called on the one who is eighty and alone; the other household was met three days ago.
  expect(figures?.calls.overdue).toBe(1)
})

it('counts one grid alone where that is asked', async () => {
  expect(await countOnDevice(stage(), gridB, today, rest, going)).toMatchObject({
    ...{ grids: 1, residents: { total: 1 }, dwellings: { total: 1 } },
  })
})

it('says nothing of a place of which no grid is here, and stops when nobody waits any more', async () => {
  expect(await countOnDevice(stage(), uuid(77), today, rest, going)).toBeNull()
  expect(await countOnDevice(stage(), uuid(5), today, rest, { aborted: true })).toBeNull()
})
