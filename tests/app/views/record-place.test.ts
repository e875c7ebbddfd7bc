/** Where a record is: its door and page, the buildings of a grid on their way, and what waits for somebody to settle it. */
import { describe, expect, it } from 'vitest'
import type { Account } from '#domain/account.ts'
import { createRegister } from '#app/register/create-register.ts'
import { byEstate, linesOf, targetsOf, totalOf } from '#app/views/grid-journey.ts'
import { openClashes } from '#app/views/open-clashes.ts'
import { openOverrides } from '#app/views/open-overrides.ts'
import { treeOf } from '#app/views/place-tree.ts'
import { placeOfRecord, whereOf } from '#app/views/record-place.ts'
import { viewsOf } from '#app/views/table-views.ts'
import { firstPages } from '#app/links/first.ts'
import { walkPages } from '#app/links/walk.ts'
import * as of from '../register/grid-of-samples.ts'

const { today, uuid } = of

function stage(records: readonly ReturnType<typeof of.record>[] = []) {
  const register = createRegister()
  register.applyPages([
    of.page(of.gridA, [
      of.record('place', 1, { placeKind: 'grid', name: '第一网格', parent: uuid(5) }),
      of.building(10, '3幢', 1),
      of.building(11, '8幢', 2, '样例苑'),
      of.dwelling(20, 10, '2', '501'),
      of.household(30, 20),
      of.household(31, 20),
      of.resident(40, 30, '样例甲'),
      of.resident(41, 30, '样例乙'),
      ...records,
    ]),
  ])
  return register
}

describe('a record that is named', () => {
  it('is shown by its door and leads to its page, a resident with the name masked', () => {
    const register = stage()
    expect(placeOfRecord(register, 'dwelling', uuid(20))).toEqual({
      where: '清风阳光苑 3幢2单元501室',
      href: walkPages.dwelling(uuid(20)),
    })
    expect(placeOfRecord(register, 'household', uuid(30)).href).toBe(firstPages.household(uuid(30)))
    expect(placeOfRecord(register, 'building', uuid(10)).where).toBe('清风阳光苑 3幢')
    const resident = placeOfRecord(register, 'resident', uuid(40))
    expect(resident.where).toMatch(/^清风阳光苑 3幢2单元501室 样/)
    expect(resident.where).not.toContain('样例甲')
  })

  it('is nowhere where this device does not have it, whatever its kind', () => {
    const register = stage()
    for (const kind of ['resident', 'household', 'dwelling', 'building', 'visit']) {
      expect(placeOfRecord(register, kind, uuid(99))).toEqual({ where: '', href: null })
    }
    expect(whereOf(register, undefined)).toBe('')
    expect(whereOf(register, uuid(99))).toBe('')
  })

  it('is found without its kind', () => {
    expect(whereOf(stage(), uuid(31))).toBe('清风阳光苑 3幢2单元501室')
    expect(whereOf(stage(), uuid(11))).toBe('样例苑 8幢')
  })
})

describe('buildings that go to another grid', () => {
  it('count the households with somebody in them, and their people', () => {
    const lines = linesOf(stage(), of.gridA)
    expect(lines.map(({ name, households, people }) => [name, households, people])).toEqual([
      ['3幢', 1, 2],
      ['8幢', 0, 0],
    ])
    expect(byEstate(lines).map(({ estate, lines: held }) => [estate, held.length])).toEqual([
      ['清风阳光苑', 1],
      ['样例苑', 1],
    ])
    expect(totalOf(lines)).toEqual({ buildings: 2, households: 1, people: 2 })
  })

  it('are offered grids that hold buildings, those of the same community first, and never their own', () => {
    const place = (id: string, placeKind: string, parent: string | null) =>
      ({
        ...{ kind: 'place', id, stream: id, version: 1 },
        fields: { placeKind, parent, name: id },
      }) as never
    const tree = treeOf({
      places: [
        place('town', 'subdistrict', null),
        ...[place('b', 'community', 'town'), place('a', 'community', 'town')],
        ...[place('b1', 'grid', 'b'), place('a1', 'grid', 'a'), place('a2', 'grid', 'a')],
      ],
      ...{ buildings: new Map(), told: null },
      account: { id: 'admin', role: 'admin' satisfies Account['role'] },
    })
    const targets = targetsOf(tree, tree.byId.get('a1')!)
    expect(targets.map(({ id }) => id)).toEqual(['a2', 'b1'])
    expect(targets[0]?.label).toContain('a2')
  })
})

describe('what waits for somebody', () => {
  const clash = (id: number, record: number, at: string, more: object = {}) =>
    of.record('clash', id, {
      ...{ record: uuid(record), recordKind: 'resident', fields: ['note'] },
      ...{ kept: { at, account: uuid(8) }, settled: null },
      ...more,
    })

  it('are clashes that nobody settled, the newest first, of everything or of one household', () => {
    const register = stage([
      clash(50, 40, '2026-11-20T01:00:00.000Z'),
      clash(51, 41, '2026-11-22T01:00:00.000Z'),
      clash(52, 40, '2026-11-23T01:00:00.000Z', { settled: { by: uuid(8), at: today } }),
    ])
    expect(openClashes(register).map(({ id }) => id)).toEqual([uuid(51), uuid(50)])
    expect(openClashes(register, [uuid(40)]).map(({ id }) => id)).toEqual([uuid(50)])
    expect(openClashes(register, [])).toEqual([])
  })

  it('are colours by hand: those that count for nothing until somebody agrees come first', () => {
    const override = (id: number, colour: string, from: string, more: object = {}) => ({
      ...{ id: uuid(id), colour, words: '样例', from, until: '2027-01-01', by: uuid(8), over: [] },
      ...more,
    })
    const register = stage([
      // A milder colour than the rules give waits for a second person; a sharper one counts at once.
      of.resident(42, 31, '样例丙', {
        ...{ birth: '1940-01-01', overrides: [override(60, 'green', '2026-11-20')] },
      }),
      of.resident(43, 30, '样例丁', { overrides: [override(61, 'red', '2026-11-01')] }),
      of.resident(44, 30, '样例戊', {
        overrides: [override(62, 'red', '2026-11-02', { withdrawnOn: '2026-11-03' })],
      }),
      of.resident(45, 30, '样例己', {
        ...{ movedOutOn: '2026-11-10', overrides: [override(63, 'red', '2026-11-01')] },
      }),
    ])
    expect(
      openOverrides(register, today).map(({ override: one, waits }) => [one.id, waits]),
    ).toEqual([
      [uuid(60), true],
      [uuid(61), false],
    ])
    expect(openOverrides(register, '2027-01-02')).toEqual([])
  })
})

it('the saved views of a table are those of this table that are in use, by name', () => {
  const view = (id: number, name: string, more: object = {}) =>
    of.record('view', id, { sheet: 'residents', name, ...more })
  const register = stage([
    view(70, '租客'),
    view(71, '八十岁以上'),
    view(72, '从前的', { closed: true }),
    view(73, '别的表', { sheet: 'dwellings' }),
  ])
  expect(viewsOf(register, 'residents').map(({ fields }) => fields.name)).toEqual([
    '八十岁以上',
    '租客',
  ])
})
