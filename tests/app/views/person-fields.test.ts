/** Forms of places and colleagues: what each takes, what it sends, and what a workbook of them would make. */
import { expect, it } from 'vitest'
import { groups, isGroup } from '#app/views/audit-groups.ts'
import { codeProblem, nameProblem } from '#app/views/place-fields.ts'
import { branchesOf } from '#app/views/place-book-branches.ts'
import { treeOf } from '#app/views/place-tree.ts'
import {
  givenOf,
  isSameGiven,
  problemsOfPerson,
  rolesToGive,
  type PersonFields,
} from '#app/views/person-fields.ts'

const place = (id: string, placeKind: string, parent: string | null) =>
  ({
    ...{ kind: 'place', id, stream: id, version: 1 },
    fields: { placeKind, parent, name: id },
  }) as never
const tree = treeOf({
  places: [
    place('town', 'subdistrict', null),
    place('a', 'community', 'town'),
    place('a1', 'grid', 'a'),
  ],
  ...{ buildings: new Map(), told: null, account: { id: 'admin', role: 'admin' } },
})
const fields = (more: Partial<PersonFields> = {}): PersonFields => ({
  ...{ login: 'yangli', name: ' 样例 ', role: 'worker', places: ['a', 'a1'] },
  ...more,
})

it('a colleague gets only the places that fit the role, and keeps the others until it is chosen again', () => {
  expect(givenOf(fields(), tree)).toEqual({ name: '样例', role: 'worker', places: ['a1'] })
  expect(givenOf(fields({ role: 'staff' }), tree).places).toEqual(['a'])
})

it('says what is missing: a login for a new account alone, a name, and a place that fits', () => {
  expect(problemsOfPerson(fields(), tree, true)).toEqual([])
  expect(problemsOfPerson(fields({ login: '样 例' }), tree, true)).toEqual(['login'])
  expect(problemsOfPerson(fields({ login: '' }), tree, false)).toEqual([])
  const blank = fields({ name: ' ', places: ['town'] })
  expect(problemsOfPerson(blank, tree, false)).toEqual(['name', 'places'])
})

it('the same places in another order are no change', () => {
  const given = { name: '样例', role: 'worker' as const, places: ['x', 'y'] }
  expect(isSameGiven(given, { ...given, places: ['y', 'x'] })).toBe(true)
  expect(isSameGiven(given, { ...given, places: ['x'] })).toBe(false)
  expect(isSameGiven(given, { ...given, role: 'staff' })).toBe(false)
})

it('a community’s staff gives the role of a worker alone, and an auditor none', () => {
  expect(rolesToGive('staff')).toEqual(['worker'])
  expect(rolesToGive('admin')).toContain('auditor')
  expect(rolesToGive('auditor')).toEqual([])
  expect(rolesToGive(undefined)).toEqual([])
})

it('a place needs a name, and its code is whole or left out', () => {
  expect([nameProblem(' '), nameProblem('样例社区')]).toEqual([true, false])
  expect(['', ' ', '330110000001', '33011000', 'abc'].map(codeProblem)).toEqual([
    ...[false, false, false, true, true],
  ])
})

it('a workbook hangs what it makes below what is there, and counts it all the way down', () => {
  const held = (id: string | null, name: string, kind: string, parent: unknown = null) =>
    ({ id, line: id ? null : 1, name, kind, parent, isWrong: false, code: null }) as never
  const town = held('town', '样例街道', 'subdistrict')
  const community = held(null, '新社区', 'community', town)
  const grid = held(null, '新网格', 'grid', community)
  const there = held('a1', '第一网格', 'grid')
  const person = (name: string, places: unknown[]) =>
    ({ line: 9, login: name, name, role: 'worker', places }) as never
  const branches = branchesOf({
    ...{ verdicts: [], places: [community, grid] },
    people: [person('甲', [grid, there]), person('乙', [grid])],
  })
  expect(branches.map(({ name, places, persons }) => [name, places, persons])).toEqual([
    ['样例街道', 2, 2],
    ['第一网格', 0, 1],
  ])
  expect(branches[0]?.below[0]?.below[0]?.people.map(({ name }) => name)).toEqual(['甲', '乙'])
})

it('the log is searched by what somebody looks for: each way out of the house is among the exports', () => {
  expect(isGroup('exports')).toBe(true)
  expect(isGroup('toString')).toBe(false)
  expect(groups.exports).toEqual(expect.arrayContaining(['export', 'file', 'backup']))
})
