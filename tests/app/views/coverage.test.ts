import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { coverageOfGrids, coverageOfHousehold, householdsToCover } from '#app/views/coverage.ts'
import {
  building,
  dwelling,
  gridA,
  gridB,
  household,
  page,
  record,
  resident,
  today,
  uuid,
} from '../register/grid-of-samples.ts'

const visit = (n: number, home: number, more: object = {}) =>
  record('visit', n, {
    household: uuid(home),
    channel: 'telephone',
    outcome: 'met',
    unchanged: true,
    at: `${today}T01:00:00Z`,
    ...more,
  })

function stage() {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      record('place', 1, { placeKind: 'grid', name: '样例网格', parent: uuid(2) }),
      building(100, '3幢', 1),
      dwelling(200, 100, '1', '101'),
      dwelling(201, 100, '1', '201'),
      household(300, 200),
      household(301, 201),
      resident(400, 300, '样老大', { birth: '1940-01-01' }),
      resident(401, 301, '样老二', { birth: '1941-01-01' }),
      resident(402, 301, '样老三', { birth: '1942-01-01' }),
    ]),
    page(gridB, [building(110, '4幢', 1), dwelling(210, 110, '1', '101'), household(310, 210)]),
  ])
  return register
}
const never = { aborted: false }
const grids = new Set([gridA, gridB])

it('counts each person once, and lists whom nobody met this month', async () => {
  const register = stage()
  const read = async () =>
    (await coverageOfGrids(register, grids, today, () => Promise.resolve(), never))?.get(gridA)
  expect(await read()).toMatchObject({ meant: 3, met: 0 })
  register.applyPages([
    page(gridA, [
      visit(500, 300),
      visit(501, 300),
      visit(502, 301, { resident: uuid(401) }),
      visit(503, 301, { outcome: 'not-met' }),
      visit(504, 301, { channel: 'neighbour' }),
      visit(505, 301, { at: '2026-10-31T01:00:00Z' }),
    ]),
  ])
  expect(await read()).toEqual({
    meant: 3,
    met: 2,
    open: [{ resident: uuid(402), household: uuid(301), lastMet: '2026-10-31' }],
  })
  expect([...householdsToCover(register, [uuid(300), uuid(301)], today)]).toEqual([uuid(301)])
  // A new month: everybody again.
  expect(coverageOfHousehold(register, uuid(300), '2026-12-01').met).toBe(0)
})

it('leaves a grid out in which it means nobody, and stops when it is told to', async () => {
  const register = stage()
  const all = await coverageOfGrids(register, grids, today, () => Promise.resolve(), never)
  expect([...(all ?? [])].map(([id]) => id)).toEqual([gridA])
  expect(
    await coverageOfGrids(register, grids, today, () => Promise.resolve(), { aborted: true }),
  ).toBeNull()
})
