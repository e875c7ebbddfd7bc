/** The figures of the desk: this device's own where it holds households, else those that the server told last. */
import { expect, it } from 'vitest'
import type { Overview, PlaceFigures } from '#protocol/overview.ts'
import { createRegister } from '#app/register/create-register.ts'
import { deskDay, isIn } from '#app/views/desk-day.ts'
import type { GridStanding } from '#app/views/grid-standing.ts'
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

const day = '2026-11-23'
const colours = { red: 1, orange: 0, yellow: 2, blue: 0, green: 7, grey: 0 }

function figures(
  id: string,
  parent: string | null,
  more: Partial<PlaceFigures> = {},
): PlaceFigures {
  return {
    ...{ id, parent, residents: { total: 10, colours }, dwellings: { total: 4, colours } },
    residence: { floating: 0, apart: 0, settled: 10 },
    calls: { total: 4, overdue: 2, today: 1, week: 1, later: 0 },
    ...{ visits: { week: 5, today: 3, missed: 0 }, walked: true },
    ...more,
  }
}

const told = (places: readonly PlaceFigures[], silentDevices: number | null = 1): Overview => ({
  ...{ ok: true, at: `${day}T02:00:00.000Z`, day, least: 0 },
  ...{ places: [...places], silentDevices },
})
const grid = (whys: GridStanding['whys'], isBehind = false): GridStanding => ({
  ...{ id: 'g', above: null, figures: figures('g', null), whys, isBehind },
})

it('of a device without households are the sums of the places that the account was given', () => {
  const places = [figures('a', null), figures('b', null), figures('below', 'a')]
  expect(
    deskDay(createRegister(), day, told(places), [grid(['no-worker'], true), grid([])]),
  ).toEqual({
    ...{ overdue: 4, share: 50, visits: { done: 6, total: 8 } },
    ...{ behind: 1, unwalked: 1, silent: 1, isUnstaffed: false },
    residents: {
      total: 20,
      colours: { red: 2, orange: 0, yellow: 4, blue: 0, green: 14, grey: 0 },
    },
  })
})

it('are unknown and not none before anybody told them', () => {
  expect(deskDay(createRegister(), day, null, null)).toEqual({
    ...{ overdue: null, share: null, visits: null, behind: null, unwalked: null, silent: null },
    ...{ isUnstaffed: false, residents: null },
  })
})

it('are not told where one of the places does not tell its own', () => {
  const hidden = { ...colours, red: null }
  const places = [
    figures('a', null),
    figures('b', null, { residents: { total: null, colours: hidden } }),
  ]
  const { residents } = deskDay(createRegister(), day, told(places), [])
  expect([residents?.total, residents?.colours.red, residents?.colours.green]).toEqual([
    ...[null, null, 14],
  ])
})

it('of a device that holds a part are its own, and of the other grids those that the server told', () => {
  const place = (id: string, placeKind: string, parent: string | null, to: number) => ({
    ...page(id, [{ ...record('place', 1, { placeKind, name: id, parent }), id }]),
    to,
  })
  const [root, town, far, sub] = [uuid(50), uuid(51), uuid(52), uuid(53)]
  const held = () => {
    const register = createRegister()
    register.applyPages([
      place(root, 'subdistrict', null, 1),
      place(town, 'community', root, 1),
      place(gridA, 'grid', town, 1),
      place(far, 'grid', town, 0),
      // A part of a grid that is here, which is not.
      place(sub, 'micro-grid', gridA, 0),
      page(gridA, [
        building(100, '1幢', 1),
        dwelling(101, 100, '1', '101'),
        household(102, 101),
        resident(103, 102, '样例甲', { verifiedOn: '2020-01-01' }),
      ]),
    ])
    return register
  }
  const calls = (overdue: number, today: number) => ({
    calls: { total: 100, overdue, today, week: 0, later: 0 },
  })
  const visits = (n: number) => ({ visits: { week: n, today: n, missed: 0 } })
  const places = [
    figures(root, null, { ...calls(70, 30), ...visits(9) }),
    figures(town, root, { ...calls(70, 30), ...visits(9) }),
    figures(gridA, town, { ...calls(40, 20), ...visits(5) }),
    figures(sub, gridA, { ...calls(3, 2), ...visits(1) }),
    figures(far, town, { ...calls(30, 10), ...visits(4) }),
  ]
  const register = held()
  const plan = register.today(day)
  const own = plan.overdue + plan.later.overdue
  expect(deskDay(register, day, told(places), [])).toMatchObject({
    overdue: own + 33,
    visits: { done: plan.done + 5, total: plan.total + 5 + 12 },
  })
  // Nobody told of the others: the part passes for no whole.
  expect(deskDay(register, day, null, null)).toMatchObject({ overdue: null, visits: null })
})

it('of a device with households are its own, whatever the server told before', () => {
  const register = createRegister()
  const tags = [{ tag: 'disabled', grade: 1, source: 'seen', from: '2026-01-01' }]
  register.applyPages([
    page(gridA, [
      building(100, '1幢', 1),
      dwelling(101, 100, '1', '101'),
      household(102, 101),
      resident(103, 102, '样例', { tags }),
    ]),
  ])
  const own = deskDay(register, day, told([figures('a', null)]), null)
  const { done, total, overdue } = register.today(day)
  expect(own.visits).toEqual({ done, total })
  expect(own.overdue).toBe(overdue)
  expect(own.overdue).toBe(1)
  expect(own.share).toBe(25)
})

it('nobody works for the office yet where no grid has a worker', () => {
  const unstaffed = (grids: GridStanding[]) =>
    deskDay(createRegister(), day, null, grids).isUnstaffed
  expect(unstaffed([grid(['no-worker']), grid(['no-worker'])])).toBe(true)
  expect(unstaffed([grid(['no-worker']), grid([])])).toBe(false)
  expect(unstaffed([])).toBe(false)
})

it('a list of grids is of all, of the late ones, or of those with a reason', () => {
  expect(isIn(null, grid([]))).toBe(true)
  expect([isIn('behind', grid([], true)), isIn('behind', grid(['no-worker']))]).toEqual([
    ...[true, false],
  ])
  expect(isIn('not-synced', grid(['not-synced']))).toBe(true)
})
