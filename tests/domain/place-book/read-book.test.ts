/** Tables of places and people found in a workbook, whatever stands around them. */
import { expect, it } from 'vitest'
import { readBook } from '#domain/place-book/read-book.ts'
import type { Cell, Sheet } from '#domain/roster/sheet.ts'

const sheet = (
  name: string,
  rows: readonly (readonly Cell[])[],
  more: Partial<Sheet> = {},
): Sheet => ({
  name,
  rows: rows.map((cells, at) => ({ number: at + 1, cells })),
  merged: [],
  ...more,
})

it('reads both tables below their titles and hints, by their headers', () => {
  const lines = readBook([
    sheet('地方', [
      ['样例街道的地方'],
      ['种类：社区、行政村……'],
      ['序号', '种类*', '名称（必填）', '上级', '区划代码', '备注'],
      [1, '社区', '甲社区', null, 330111001099, '样例'],
      [2, '网格', '第一网格', '甲社区'],
      [null, null, ' '],
    ]),
    sheet('人员', [
      ['角色', '账号', '姓名', '负责的地方'],
      ['网格员', 10012345678, '样例甲', '甲社区/第一网格（东）'],
    ]),
  ])
  expect(lines).toEqual([
    {
      of: 'place',
      sheet: '地方',
      row: 4,
      kind: '社区',
      name: '甲社区',
      parent: '',
      code: '330111001099',
    },
    {
      of: 'place',
      sheet: '地方',
      row: 5,
      kind: '网格',
      name: '第一网格',
      parent: '甲社区',
      code: '',
    },
    {
      of: 'person',
      sheet: '人员',
      row: 2,
      name: '样例甲',
      login: '10012345678',
      role: '网格员',
      places: '甲社区/第一网格（东）',
    },
  ])
})

it('leaves out examples, hidden sheets and tables of something else', () => {
  const rows = [
    ['种类', '名称'],
    ['社区', '甲'],
  ]
  const roster = [
    ['姓名', '身份证号'],
    ['样例甲', '200101199001010017'],
  ]
  const sheets = [
    sheet('填写示例', rows),
    sheet('Example', rows),
    sheet('藏', rows, { hidden: true }),
    sheet('花名册', roster),
    sheet('空', []),
  ]
  expect(readBook(sheets)).toEqual([])
})

it('reads English headers, and a merged cell in each of its rows', () => {
  const merged = [{ top: 1, left: 2, bottom: 2, right: 2 }]
  const lines = readBook([
    sheet(
      'Places',
      [
        ['Kind', 'Name', 'Under'],
        ['grid', 'First', 'A'],
        ['grid', 'Second', null],
      ],
      { merged },
    ),
  ])
  expect(lines).toMatchObject([{ parent: 'A' }, { parent: 'A' }])
})
