/** Groups of a table: which a row belongs to, and their order. */
import { expect, it } from 'vitest'
import { pickColumns } from '#domain/door-columns.ts'
import { compareGroups, groupsOf, isGroupable, unknownGroup } from '#domain/sheet-groups.ts'
import { sampleResident, sheetRow } from './sheet-row.ts'

const column = (key: string) => {
  const [found] = pickColumns('residents', [key])
  if (!found) throw new Error(key)
  return found
}
const tag = (name: 'dibao' | 'disabled', until?: string) => ({
  tag: name,
  source: 'seen' as const,
  from: '2020-01-01',
  ...(until ? { until } : {}),
})

it('are of codes, months, ten years, yes and no; what is not known has one too', () => {
  const row = sheetRow({ resident: { ...sampleResident, arrivedOn: '2026-07-02' } })
  const of = (key: string) => groupsOf(column(key), row)
  expect(of('sex')).toEqual(['1'])
  expect(of('arrivedOn')).toEqual(['2026-07'])
  expect(of('age')).toEqual(['80'])
  expect(of('apart')).toEqual(['1'])
  expect(of('colour')).toEqual(['red'])
  expect(of('grid')).toEqual(['第一网格'])
  expect(of('workplace')).toEqual([unknownGroup])
})

it('may be several of one row: each care tag and each reason once', () => {
  const resident = {
    ...sampleResident,
    tags: [tag('dibao'), tag('disabled'), tag('disabled', '2021-01-01')],
  }
  expect(groupsOf(column('tags'), sheetRow({ resident }))).toEqual(['dibao', 'disabled'])
  const reasons = [
    { rule: 'a', level: 'red' },
    { rule: 'by-hand/1', level: 'red' },
    { rule: 'by-hand/2', level: 'red' },
  ] as const
  expect(groupsOf(column('reasons'), sheetRow({ reasons }))).toEqual(['a', 'by-hand'])
})

it('are never of names and numbers, which would be a group for each person', () => {
  expect(
    ['name', 'documentNumber', 'phones', 'headName', 'householdNumber', 'note'].map((key) =>
      isGroupable(column(key)),
    ),
  ).toEqual(Array(6).fill(false))
  expect(isGroupable(column('grid'))).toBe(true)
})

it('stand by urgency, upwards, or the largest first; the unknown one last', () => {
  const sorted = (key: string, groups: readonly (readonly [string, number])[]) =>
    [...groups].sort(compareGroups(column(key))).map(([name]) => name)
  expect(
    sorted('colour', [
      ['green', 9],
      ['red', 1],
      ['grey', 5],
    ]),
  ).toEqual(['red', 'green', 'grey'])
  expect(
    sorted('age', [
      ['90', 1],
      ['10', 1],
      ['', 50],
      ['0', 2],
    ]),
  ).toEqual(['0', '10', '90', ''])
  expect(
    sorted('arrivedOn', [
      ['2026-11', 1],
      ['2025-12', 9],
    ]),
  ).toEqual(['2025-12', '2026-11'])
  expect(
    sorted('floating', [
      ['0', 9],
      ['1', 1],
    ]),
  ).toEqual(['1', '0'])
  expect(
    sorted('grid', [
      ['甲', 1],
      ['', 7],
      ['乙', 5],
    ]),
  ).toEqual(['乙', '甲', ''])
})
