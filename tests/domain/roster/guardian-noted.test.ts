import { expect, it } from 'vitest'
import { findTable } from '#domain/roster/find-header.ts'
import { guardianNoted } from '#domain/roster/guardian-noted.ts'
import { mappingOf, readRow } from '#domain/roster/read-rows.ts'
import type { Cell } from '#domain/roster/sheet.ts'

const today = '2026-11-23'
const header = ['姓名', '出生日期', '监护人', '监护人关系']
const row = (cells: readonly Cell[]) => {
  const rows = [header, cells].map((of, at) => ({ number: at + 1, cells: of }))
  const table = findTable({ name: '样例', rows, merged: [] })
  const [first] = table?.rows ?? []
  if (!table || !first) throw new Error('no row')
  return readRow('样例', first, mappingOf(table), today)
}
const notes = (cells: readonly Cell[], status = 'new') =>
  guardianNoted(row(cells), status, today).notes.map(({ field, problem }) => [field, problem])

it('a new child without a guardian is taken and noted, and nobody else', () => {
  const child = ['样例甲', '2015-01-01', '', '']
  expect(notes(child)).toEqual([['guardianName', 'guardian-needed']])
  expect(guardianNoted(row(child), 'new', today)).toMatchObject({ name: '样例甲', wrong: [] })
  expect(notes(child, 'same')).toEqual([])
  expect(notes(['样例甲', '2015-01-01', '样例母', '母亲'])).toEqual([])
  expect(notes(['样例甲', '2000-01-01', '', ''])).toEqual([])
})

it('a roster’s own column says what the guardian is', () => {
  expect(row(['样例甲', '2015-01-01', '样例母', '母亲']).facts).toMatchObject({
    ...{ guardianName: '样例母', guardianRelation: '52' },
  })
})
