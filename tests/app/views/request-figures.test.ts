/** Requests in numbers: what each row is called, where it leads, and what is folded away. */
import { expect, it } from 'vitest'
import type { RequestOverview } from '#protocol/requests.ts'
import { createRegister } from '#app/register/create-register.ts'
import { figuresShown, ownPlaces, partQuiet, placeAbove } from '#app/views/request-figures.ts'
import { building, gridA, page, record, uuid } from '../register/grid-of-samples.ts'

const figures = (key: string | null, more: object = {}) => ({
  ...{ key, name: null, open: 3, late: 1, fresh: 2, answered: 9 },
  ...{ inTime: 88, solved: 80, content: 70 },
  ...more,
})
const told = {
  ...{ ok: true, at: '2026-11-23T02:00:00.000Z', day: '2026-11-23', least: 5, place: uuid(61) },
  ...{ all: figures(null), supervised: 4, asked: 5 },
  ...{ byItem: [figures(uuid(40), { name: '样例灯' }), figures(null)] },
  ...{ byUnit: [figures(uuid(63)), figures(uuid(90))], byPlace: [figures(gridA)] },
  spots: [{ building: uuid(100), stream: gridA, item: uuid(40), name: '样例灯', count: 3 }],
  ...{ weeks: [], months: [], kinds: [] },
} as unknown as RequestOverview

function stage() {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      record('place', 60, { placeKind: 'subdistrict', name: '样例街道' }),
      record('place', 61, { placeKind: 'community', name: '样例社区', parent: uuid(60) }),
      record('place', 63, { placeKind: 'unit', name: '维修组', parent: uuid(60) }),
      record('place', 1, { placeKind: 'grid', name: '一', parent: uuid(61) }, { id: gridA }),
      building(100, '3幢', 1),
    ]),
  ])
  return register
}
const asIs = (_: string | null | undefined, name: string | null | undefined) => name ?? null

it('names what this device knows, and leads whoever may see the list to it', () => {
  const shown = figuresShown(stage(), told, 'staff', asIs)
  expect(shown.isEmpty).toBe(false)
  expect(shown.keys.map(({ key, count }) => [key, count])).toEqual([
    ['open', 3],
    ['late', 1],
    ['fresh', 2],
    ['supervised', 4],
    ['asked', 5],
  ])
  expect(shown.byItem.map(({ name }) => name)).toEqual(['样例灯', null])
  expect(shown.byItem[1]?.href).toContain('item=none')
  expect(shown.byUnit.map(({ name }) => name)).toEqual(['维修组', null])
  expect(shown.byPlace).toMatchObject([{ name: '一', href: `/requests/overview/${gridA}` }])
  expect(shown.spots[0]?.building).toContain('3幢')
  expect(shown.spots[0]?.href).toContain(`building=${uuid(100)}&item=${uuid(40)}`)
})

it('leads an auditor to places alone', () => {
  const shown = figuresShown(stage(), told, 'auditor', asIs)
  const ways = [shown.keys, shown.byItem, shown.byUnit, shown.spots].flat()
  expect(ways.map(({ href }) => href)).toEqual(ways.map(() => null))
  expect(shown.byPlace[0]?.href).not.toBeNull()
})

it('folds away what nothing is open of and too little was answered of', () => {
  const still = { open: 0, late: 0, inTime: null, solved: null, content: null }
  const row = (key: string, more: object = {}) => ({
    ...{ key, name: key, href: null, figures: figures(key, more) as never },
  })
  const { busy, quiet } = partQuiet([row('a'), row('b', still), row('c', { ...still, late: 1 })])
  expect([busy, quiet].map((rows) => rows.map(({ key }) => key))).toEqual([['a', 'c'], ['b']])
})

it('begins with the highest place of a role, and leads up while the place above is known', () => {
  const register = stage()
  expect(ownPlaces(register, 'admin').map(({ id }) => id)).toEqual([uuid(60), uuid(61)])
  expect(ownPlaces(register, undefined)).toEqual([])
  expect(placeAbove(register, gridA)).toBe(uuid(61))
  expect(placeAbove(register, uuid(60))).toBeNull()
})
