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
  resident,
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
