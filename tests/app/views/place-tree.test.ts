/** The tree of places: what stands below what, what is counted where, and who may do what with it. */
import { expect, it } from 'vitest'
import type { Role } from '#domain/account.ts'
import type { PlaceKind } from '#domain/place.ts'
import type { PlaceList } from '#protocol/places.ts'
import type { Rec } from '#app/register/register.ts'
import {
  countNamesOf,
  holdsBuildings,
  idsOf,
  isPlaceOf,
  kindsBelow,
  placeNames,
  rowsOfTree,
  treeOf,
  type PlaceNode,
} from '#app/views/place-tree.ts'

const place = (
  id: string,
  placeKind: PlaceKind,
  parent: string | null,
  more: object = {},
): Rec<'place'> => ({
  kind: 'place',
  id,
  stream: id,
  version: 1,
  fields: { placeKind, parent, name: id, ...more },
})
const places = [
  place('root', 'subdistrict', null),
  place('b', 'community', 'root', { order: 2 }),
  place('a', 'community', 'root', { order: 1 }),
  place('a3', 'grid', 'a', { order: 0, closed: true }),
  place('a2', 'grid', 'a', { order: 2 }),
  place('a1', 'grid', 'a', { order: 1 }),
  place('lane', 'village', 'root', { order: 3 }),
]
const account = (id: string, role: Role, own: string[], closedAt: string | null = null) => ({
  ...{ id, login: id, name: id, role, places: own, closedAt },
  ...{ oneTimeUntil: null, kept: true },
})
const told: PlaceList = {
  ok: true,
  figures: [
    { id: 'a1', residents: 10, households: 4, dwellings: 5 },
    { id: 'a2', residents: 3, households: 1, dwellings: 2 },
    { id: 'lane', residents: 7, households: 2, dwellings: 2 },
  ],
  accounts: [
    account('admin', 'admin', ['root']),
    account('staff', 'staff', ['a']),
    account('both', 'worker', ['a1', 'a2']),
    account('one', 'worker', ['a1']),
    account('gone', 'worker', ['a2'], '2026-11-20T06:30:00.000Z'),
  ],
}
const buildings = new Map([
  ['a1', 3],
  ['lane', 1],
])
const treeFor = (id: string, role: Role, list: PlaceList | null = told) =>
  treeOf({ places, buildings, told: list, account: { id, role } })
const at = (tree: ReturnType<typeof treeOf>, id: string): PlaceNode => {
  const node = tree.byId.get(id)
  if (!node) throw new Error(`no ${id}`)
  return node
}

it('stands in its order, closed places last', () => {
  const { roots } = treeFor('admin', 'admin')
  expect(roots.flatMap(idsOf)).toEqual(['root', 'a', 'a1', 'a2', 'a3', 'b', 'lane'])
})

it('counts what is in a place and below it, whoever works in two grids once', () => {
  const tree = treeFor('admin', 'admin')
  expect(at(tree, 'a1').counts).toEqual({
    ...{ residents: 10, households: 4, dwellings: 5, buildings: 3, workers: 2 },
  })
  expect(at(tree, 'a2').counts.workers).toBe(1)
  expect(at(tree, 'a').counts).toEqual({
    ...{ residents: 13, households: 5, dwellings: 7, buildings: 3, workers: 2 },
  })
  expect(at(tree, 'root').counts).toMatchObject({ residents: 20, buildings: 4, workers: 2 })
})

it('begins at the places of whoever looks, and at the top before those are known', () => {
  expect(treeFor('staff', 'staff').roots.map(({ id }) => id)).toEqual(['a'])
  expect(treeFor('both', 'worker').roots.map(({ id }) => id)).toEqual(['a1', 'a2'])
  const unknown = treeFor('staff', 'staff', null)
  expect(unknown.roots.map(({ id }) => id)).toEqual(['root'])
  expect(countNamesOf(unknown)).toEqual(['buildings'])
  expect(countNamesOf(treeFor('staff', 'staff'))).toContain('residents')
})

it('shows a place of one’s own below another one of one’s own once', () => {
  const accounts = told.accounts.map((one) =>
    one.id === 'staff' ? { ...one, places: ['a', 'a1'] } : one,
  )
  expect(treeFor('staff', 'staff', { ...told, accounts }).roots.map(({ id }) => id)).toEqual(['a'])
})

it.each([
  ['admin', 'admin', ['a', 'a1', 'a2', 'b', 'lane', 'root']],
  ['staff', 'staff', ['a1', 'a2']],
  ['both', 'worker', []],
] as const)('lets %s change what the server lets them change', (id, role, kept) => {
  const nodes = [...treeFor(id, role).byId.values()]
  expect(
    nodes
      .filter((node) => node.kept)
      .map((node) => node.id)
      .sort(),
  ).toEqual(kept)
})

it('knows where buildings stand, and who works where', () => {
  const nodes = [...treeFor('admin', 'admin').byId.values()]
  const ids = (of: (node: PlaceNode) => boolean) =>
    nodes
      .filter(of)
      .map(({ id }) => id)
      .sort()
  // A community without grids holds them itself; a closed grid holds none.
  expect(ids(holdsBuildings)).toEqual(['a1', 'a2', 'b', 'lane'])
  expect(ids((node) => isPlaceOf('worker', node))).toEqual(['a1', 'a2', 'b', 'lane'])
  expect(ids((node) => isPlaceOf('staff', node))).toEqual(['a', 'b', 'lane'])
  expect(ids((node) => isPlaceOf('auditor', node))).toEqual(['a', 'b', 'lane', 'root'])
  expect(kindsBelow('subdistrict')).toEqual(['community', 'village', 'cooperative', 'unit'])
  expect(kindsBelow('grid')).toEqual(['micro-grid'])
  expect(kindsBelow('micro-grid')).toEqual([])
})

it('names a micro-grid with its grid and its community, and lets both take buildings', () => {
  const micro = place('m1', 'micro-grid', 'a1')
  const account = { id: 'admin', role: 'admin' as const }
  const tree = treeOf({ places: [...places, micro], buildings, told, account })
  expect(placeNames(['a1', 'm1'], tree)).toBe('a a1、a a1 m1')
  expect(holdsBuildings(at(tree, 'a1'))).toBe(true)
  expect(isPlaceOf('worker', at(tree, 'a1'))).toBe(true)
  expect(isPlaceOf('worker', at(tree, 'm1'))).toBe(true)
  expect(isPlaceOf('staff', at(tree, 'm1'))).toBe(false)
})

it('lies as lines of a table: what is open, how deep, and closed places only where they are wanted', () => {
  const tree = treeFor('admin', 'admin')
  const linesOf = (open: readonly string[], find = '', showsClosed = false) =>
    rowsOfTree(tree, { open, find, showsClosed })
  const [root] = tree.roots
  if (!root) throw new Error('no root')
  const first = linesOf([])
  // The way down to the first choice is open by itself.
  expect(first.rows[0]).toMatchObject({ node: { id: root.id }, depth: 0, isOpen: true })
  expect(first.rows.slice(1).every(({ depth }) => depth === 1)).toBe(true)
  expect(linesOf([root.id]).rows).toHaveLength(1)
  const inner = root.below.find(({ below }) => below.length > 0)
  if (!inner) throw new Error('nothing below')
  const opened = linesOf([inner.id]).rows
  expect(opened.filter(({ depth }) => depth === 2).map(({ node }) => node.parent)).toContain(
    inner.id,
  )
  const closed = [...tree.byId.values()].filter((node) => node.closed)
  expect(first.closed).toBe(closed.length)
  expect(closed.length).toBeGreaterThan(0)
  const everyId = [...tree.byId.keys()].filter((id) => id !== root.id)
  const isThere = (showsClosed: boolean) =>
    linesOf(everyId, '', showsClosed).rows.some(({ node }) => node.id === closed[0]?.id)
  expect([isThere(false), isThere(true)]).toEqual([false, true])
  // What is found by name has no depth, and nothing to open.
  const found = linesOf([], inner.name).rows
  expect(found.map(({ node }) => node.id)).toContain(inner.id)
  expect(found.every(({ depth, canOpen }) => depth === 0 && !canOpen)).toBe(true)
})
