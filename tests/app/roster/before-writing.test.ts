/** What a clerk sees and answers before anything is written: hidden rows, forms, a row opened, who is missing, the report. */
import { read, utils } from '@e965/xlsx'
import { describe, expect, it } from 'vitest'
import { findTable } from '#domain/roster/find-header.ts'
import { fillMerged } from '#domain/roster/sheet.ts'
import { templateSheets } from '#app/acts/roster-template.ts'
import { readFile } from '#app/roster/read-file.ts'
import type { ReportWords } from '#app/roster/report.ts'
import { writeWorkbook } from '#app/platform/workbook-file.ts'
import { importWords } from '#app/ui/office/import/import-words.ts'
import { reasonWords } from '#app/ui/office/import/reason-words.ts'
import { compareFile, grid, id, ids, li, openDesk, record, register, wang } from './village.ts'
import { asFile, byHand, bySheetJs, sampleNumber, type Value } from './workbooks.ts'

const header = ['姓名', '身份证号', '联系电话', '小区名称', '楼栋', '单元', '房间号']
const door302 = ['样例苑', '3幢', '1', '302']
const roster = (...rows: readonly (readonly Value[])[]) =>
  asFile('册.xlsx', bySheetJs([{ name: '册', rows: [header, ...rows] }]))
const newcomer = sampleNumber('1990-01-01', 1)

describe('what is hidden in a roster', () => {
  const hidden = () =>
    asFile(
      '册.xlsx',
      byHand([{ name: '册', rows: [] }], {
        files: {
          'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${[
            header,
            ['样例甲', newcomer, null, ...door302],
            ['样例乙', null, null, ...door302],
          ]
            .map(
              (cells, at) =>
                `<row${at === 2 ? ' hidden="1"' : ''}>${cells.map((text) => `<c t="str"><v>${text ?? ''}</v></c>`).join('')}</row>`,
            )
            .join('')}</sheetData></worksheet>`,
        },
      }),
    )

  it('is said, left out, and taken where somebody wants it', async () => {
    const desk = openDesk()
    const opened = await desk.open(hidden(), {})
    expect(opened).toMatchObject({
      ok: true,
      sheets: [{ rows: 1, hiddenRows: 1, hiddenTaken: false }],
    })
    expect(await desk.setHiddenTaken(0, true)).toMatchObject([{ rows: 2, hiddenTaken: true }])
    await desk.beginRegister([])
    const tally = await desk.compare({ today: '2026-11-23', grids: [], homeGrid: null })
    expect(tally?.total).toBe(2)
  })
})

describe('a form with one person', () => {
  const form = [
    ['居民信息登记表'],
    ['姓名', '样例甲', '性别', '男'],
    ['身份证号', newcomer, '联系电话', '10012340001'],
    ['户籍地址', '浙江省杭州市', '民族', '汉族'],
  ]
  it('is known for what it is, alone and among rosters', async () => {
    const desk = openDesk()
    expect(await desk.open(asFile('表.xlsx', bySheetJs([{ name: '甲', rows: form }])), {})).toEqual(
      {
        ok: false,
        trouble: 'forms',
      },
    )
    const both = bySheetJs([
      { name: '甲', rows: form },
      { name: '册', rows: [header, ['样例乙', null, null, ...door302]] },
    ])
    expect(await desk.open(asFile('表.xlsx', both), {})).toMatchObject({
      ok: true,
      forms: ['甲'],
      sheets: [{ name: '册', taken: true }],
    })
  })

  it('with others of the household below is not taken unless somebody says so', async () => {
    const rows = [...form, ['同住人员'], ['姓名', '与户主关系', '身份证号'], ['样例乙', '子', null]]
    const opened = await openDesk().open(asFile('表.xlsx', bySheetJs([{ name: '甲', rows }])), {})
    expect(opened).toMatchObject({ ok: true, sheets: [{ isForm: true, taken: false }] })
  })
})

it('headers of two rows keep their group, in merged cells and without', async () => {
  for (const merged of [['B1:C1', 'D1:E1'], []]) {
    const { sheets } = await readFile(
      asFile(
        '册.xlsx',
        bySheetJs([
          {
            name: '册',
            merged,
            rows: [
              ['姓名', '户籍地址', null, '现居住地', null],
              [null, '省市县', '详细地址', '小区', '室号'],
              ['样例甲', '浙江省杭州市', '样例路1号', '样例苑', '302'],
            ],
          },
        ]),
      ),
    )
    const [sheet] = sheets
    const table = sheet && findTable(fillMerged(sheet))
    expect(table?.columns.map(({ header, group }) => [group, header])).toEqual([
      [undefined, '姓名'],
      ['户籍地址', '省市县'],
      ['户籍地址', '详细地址'],
      ['现居住地', '小区'],
      ['现居住地', '室号'],
    ])
    expect(table?.rows).toHaveLength(1)
  }
})

describe('a row', () => {
  it('opens to its cells, whatever they were taken for', async () => {
    const { desk, rows } = await compareFile(
      roster(['王样兰', wang, '10012340077', ...door302], ['样例新', newcomer, '1', ...door302]),
    )
    const [first] = await rows()
    expect(first?.facts).toMatchObject({ documentNumber: wang, phones: ['10012340077'] })
    const { cells } = await desk.row(0)
    expect(cells.map(({ header, field, text }) => [header, field, text])).toEqual([
      ['姓名', 'name', '王样兰'],
      ['身份证号', 'documentNumber', wang],
      ['联系电话', 'phones', '10012340077'],
      ['小区名称', 'estate', '样例苑'],
      ['楼栋', 'building', '3幢'],
      ['单元', 'unit', '1'],
      ['房间号', 'room', '302'],
    ])
  })

  it('that repeats another, or has its number under another name, names that row and what differs', async () => {
    const { desk, rows } = await compareFile(
      roster(
        ['样例新', newcomer, null, ...door302],
        ['样例新', newcomer, null, '样例苑', '3幢', '2', '501'],
        ['李样明', li, null, '样例苑', '3幢', '2', '501'],
        ['李样名', li, null, '样例苑', '3幢', '2', '501'],
      ),
    )
    const all = await rows()
    expect(all.map(({ others }) => others.map(({ number }) => number))).toEqual([[], [2], [5], [4]])
    expect((await desk.row(1)).others).toEqual([
      {
        sheet: '册',
        number: 2,
        differs: [{ field: 'address', here: '样例苑 3幢2单元501', there: '样例苑 3幢1单元302' }],
      },
    ])
    expect((await desk.row(3)).others).toMatchObject([
      { number: 4, differs: [{ field: 'name', here: '李样名', there: '李样明' }] },
    ])
  })
})

describe('who is in the register and not in the roster', () => {
  const son = record('resident', 44, { household: id(30), name: '王样儿', relation: '20' })
  const other = record('resident', 45, { household: id(30), name: '王样错' })
  const file = () =>
    roster(
      ['王样兰', wang, '10012340077', ...door302],
      ['王样错', '200101199001010000', null, ...door302],
    )

  it('is who lives at its doors and is meant by no row; namesakes of wrong rows are not counted', async () => {
    const { desk } = await compareFile(file(), { records: [...register, son, other] })
    expect(await desk.absent(0, 10)).toEqual({
      total: 1,
      people: [
        { person: id(44), household: ids.household302, dwelling: ids.flat302, answer: null },
      ],
    })
    // Nobody of the doors that no row names.
    expect((await desk.absentTally()).total).toBe(1)
  })

  it('leaves today, is asked for by a visit, or stays, one by one and together', async () => {
    const { desk, items } = await compareFile(file(), { records: [...register, son] })
    expect((await items()).items.map(({ record }) => record)).toEqual([ids.wang])
    expect(await desk.answerAbsent(id(44), 'left')).toMatchObject({ total: 1, left: 1 })
    const left = await items()
    expect(left.items.find(({ record }) => record === id(44))?.fields).toEqual({
      movedOutOn: '2026-11-23',
    })
    expect(left.items.filter(({ kind }) => kind === 'household')).toEqual([])
    await desk.answerAbsent(null, null)
    await desk.answerAbsent(null, 'ask')
    const asked = await items()
    expect(asked.plan.absent).toMatchObject({ left: 0, ask: 1 })
    expect(asked.items.find(({ kind }) => kind === 'household')).toMatchObject({
      record: ids.household302,
      fields: { lifeEvent: 'other', lifeEventOn: '2026-11-23' },
    })
    await desk.answerAbsent(null, null)
    await desk.answerAbsent(null, 'stay')
    expect((await items()).items.map(({ record }) => record)).toEqual([ids.wang])
  })

  it('ends the household that the last one leaves, and takes its head from one that goes on', async () => {
    const { desk, items } = await compareFile(
      roster(['样例新', newcomer, null, '样例苑', '3幢', '2', '501']),
    )
    expect((await desk.absent(0, 10)).people.map(({ person }) => person)).toEqual([ids.li])
    await desk.answerAbsent(null, 'left')
    const household = (await items()).items.find(({ record }) => record === id(31))
    // The newcomer comes to this household or to one of their own: who stays keeps it, and nobody keeps its head.
    expect([{ head: null }, { endedOn: '2026-11-23' }]).toContainEqual(household?.fields)
  })
})

it('new buildings and rooms are listed by name before anything is written', async () => {
  const { desk } = await compareFile(
    roster(
      ['样例新', newcomer, null, '样例苑', '9幢', '1', '101'],
      ['样例乙', null, null, '样例苑', '9幢', '1', '102'],
      ['样例丙', null, null, '样例苑', '3幢', '1', '999'],
    ),
    { homeGrid: grid },
  )
  expect((await desk.plan()).places).toEqual([
    { building: '样例苑 9幢', isNew: true, rooms: ['1单元101', '1单元102'] },
    { building: '样例苑 3幢', isNew: false, rooms: ['1单元999'] },
  ])
})

it('the report says what became of each row, and holds no full name or number', async () => {
  const { desk } = await compareFile(
    roster(
      ['样例新', newcomer, null, '样例苑', '3幢', '1', '303'],
      ['样例错', '200101199001010000', null, ...door302],
    ),
  )
  const said = importWords['zh-CN']
  const words: ReportWords = {
    reason: said.returnsName,
    fields: reasonWords['zh-CN'].field,
    problems: reasonWords['zh-CN'].problem,
    title: '报告',
    lines: [['谁', '样例员']],
    summary: '概况',
    notTaken: '没有导入的行',
    taken: '导入的行',
    headers: {
      what: '项',
      value: '值',
      sheet: '表',
      row: '行',
      name: '名',
      door: '门',
      done: '果',
      why: '因',
    },
    choices: said.choice,
    statuses: said.status,
    doubts: said.doubt,
  }
  const book = read(await desk.report(words), { type: 'array' })
  const linesOf = (name: string) =>
    utils.sheet_to_json<unknown[]>(book.Sheets[name] ?? {}, { header: 1 })
  expect(book.SheetNames).toEqual(['概况', '没有导入的行', '导入的行'])
  const [, wrong] = linesOf('没有导入的行')
  expect(wrong?.slice(0, 3)).toEqual(['册', 3, '样*错'])
  expect(wrong?.[5]).toContain('校验位不对')
  const text = JSON.stringify(book.SheetNames.map(linesOf))
  expect(text).not.toContain('样例新')
  expect(text).not.toContain('200101')
})

it('the template is known by its headers, its hints are no people, and its example is one household', async () => {
  const words = { sheet: '花名册', example: '填写示例', above: '居民花名册' }
  const blob = await writeWorkbook(templateSheets(words))
  const file = new File([blob], '空白.xlsx')
  const desk = openDesk()
  const opened = await desk.open(file, {})
  if (!opened.ok) throw new Error(opened.trouble)
  expect(opened.sheets.map(({ name, rows, taken }) => [name, rows, taken])).toEqual([
    ['花名册', 0, true],
    ['填写示例', 2, false],
  ])
  for (const sheet of opened.sheets) {
    expect(sheet.columns.filter(({ confidence }) => confidence !== 'sure')).toEqual([])
  }
  await desk.setTaken(1, true)
  await desk.beginRegister([{ id: grid, name: '第一网格' }])
  await desk.compare({ today: '2026-11-23', grids: [], homeGrid: grid })
  expect((await desk.rows('all', 0, 10)).rows.map(({ status, notes }) => [status, notes])).toEqual([
    ['new', []],
    ['new', []],
  ])
  expect((await desk.plan()).plan).toMatchObject({ added: 2, households: 1 })
})
