/** Whole rows: what a roster says comes in as it is meant, or is asked about, or is said to be left out; never anything else. */
import { areaList } from '@vant/area-data'
import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { cleanFields } from '#domain/clean-fields.ts'
import { identityCheckDigit } from '#domain/document-key.ts'
import { cleanDocument } from '#domain/roster/clean-document.ts'
import { cellToDay } from '#domain/roster/clean-day.ts'
import { compareRows, type Compared } from '#domain/roster/compare.ts'
import { findTable } from '#domain/roster/find-header.ts'
import { planImport } from '#domain/roster/plan-import.ts'
import { questionsOf, type Answer } from '#domain/roster/questions.ts'
import { createDivisionReader } from '#domain/roster/read-division.ts'
import { mappingOf, readRow } from '#domain/roster/read-rows.ts'
import { createRegisterIndex, type HeldRecord } from '#domain/roster/register-index.ts'
import type { Cell } from '#domain/roster/sheet.ts'
import { problemsOfNew } from '#domain/schemas.ts'

const today = '2026-11-23'
const divisions = createDivisionReader(areaList)
const id = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
const grid = id(1)
const valid = (first17: string) => first17 + identityCheckDigit(first17)

function rowsOf(lines: readonly (readonly Cell[])[]) {
  const table = findTable({
    name: '册',
    rows: lines.map((cells, at) => ({ number: at + 1, cells })),
    merged: [],
  })
  if (!table) throw new Error('no table')
  const mapping = mappingOf(table)
  return table.rows.map((row) => readRow('册', row, mapping, today, divisions))
}
const fieldsOf = (headers: readonly string[]) =>
  Object.fromEntries(
    (
      findTable({
        name: '册',
        rows: [headers, headers.map(() => '样例')].map((cells, at) => ({ number: at + 1, cells })),
        merged: [],
      })?.columns ?? []
    ).map(({ header, field }) => [header, field]),
  )

const record = (kind: HeldRecord['kind'], number: number, fields: object) =>
  ({ kind, id: id(number), stream: grid, version: number, fields }) as HeldRecord
function compare(
  lines: readonly (readonly Cell[])[],
  answers: ReadonlyMap<string, Answer> = new Map(),
): { readonly all: Compared[]; readonly index: ReturnType<typeof createRegisterIndex> } {
  const index = createRegisterIndex([{ id: grid, name: '第一网格' }])
  for (const one of [
    record('building', 10, { estate: '样例苑', name: '3幢', storeys: 6, units: 2 }),
    record('building', 11, { estate: '秋丰十一弄', name: '1号', storeys: 3, units: 0 }),
    record('building', 12, { estate: '秋丰十一弄', name: '2号', storeys: 3, units: 0 }),
    record('building', 13, { estate: '宿舍', name: '1幢', storeys: 3, units: 0 }),
    record('dwelling', 20, { building: id(10), unit: '1', floor: 3, room: '302', use: 'vacant' }),
    record('dwelling', 21, { building: id(10), unit: '2', floor: 5, room: '501' }),
    record('dwelling', 22, { building: id(11), floor: 3, room: '305' }),
    record('dwelling', 23, { building: id(13), floor: 2, room: '206' }),
    record('household', 31, { dwelling: id(21), head: id(41) }),
    record('resident', 41, {
      household: id(31),
      name: '李样明',
      relation: '02',
      birth: '1985-07-01',
    }),
  ])
    index.add(one)
  return { all: [...compareRows(rowsOf(lines), { index, today, homeGrid: grid, answers })], index }
}
const plan = (
  found: ReturnType<typeof compare>,
  decided: ReadonlyMap<number, never> = new Map<number, never>(),
) => {
  let last = 0x1000
  const taking = { news: true, fills: true, overwrites: false, decided }
  return planImport(found.all, taking, { index: found.index, today, newId: () => id((last += 1)) })
}

describe('columns', () => {
  it('of somebody else, or of another time, are never the person’s', () => {
    const headers =
      '序号 房屋地址 房东 房东电话 承租人姓名 紧急电话 配偶电话 单位电话 监护人电话 联系电话 拟离开日期 预计离开时间 原住址 曾用名 来杭时间'
    expect(fieldsOf(headers.split(' '))).toEqual({
      ...{ 序号: null, 房屋地址: 'address', 房东: 'landlordName', 房东电话: 'landlordPhone' },
      ...{ 承租人姓名: 'name', 紧急电话: 'contactPhone', 配偶电话: null, 单位电话: null },
      ...{ 监护人电话: 'guardianPhone', 联系电话: 'phones', 拟离开日期: null, 预计离开时间: null },
      ...{ 原住址: null, 曾用名: null, 来杭时间: 'arrivedOn' },
    })
  })

  it('for one tag each say yes or no to it', () => {
    const [row] = rowsOf([
      ['姓名', '身份证号', '是否独居', '低保', '退伍军人', '残疾等级', '居住证编号', '从业状况'],
      ['样例甲', null, '是', '否', '是', '二级', '123', '在业'],
    ])
    expect(row?.facts.tags?.map(({ tag, grade }) => [tag, grade ?? null])).toEqual([
      ['living-alone', null],
      ['veteran', null],
      ['disabled', 2],
    ])
  })

  it('under groups are read with their group', () => {
    const [row] = rowsOf([
      ['姓名', '性别', '户籍地址', null, '现居住地', null, null, null],
      [null, null, '省市县', '详细地址', '小区（弄）', '门牌', '室号', '详细地址'],
      ['样例甲', '女', '安徽省阜阳市太和县', '样例村12号', '秋丰十一弄', '1号', '305', null],
    ])
    expect(row).toMatchObject({
      facts: { hukouAddress: '安徽省阜阳市太和县样例村12号', hukouDivision: '341222' },
      door: { estate: '秋丰十一弄', building: '1号', room: '305', unclear: [] },
    })
  })

  it('are found though the first person has no number', () => {
    const rows = rowsOf([
      ['网格', '小区', '楼栋', '室号', '姓名', '与户主关系', '身份证号'],
      ['第一网格', '秋丰一弄', '1号', '201', '样婴一', '户主', null],
      ['第一网格', '秋丰一弄', '1号', '202', '样婴二', '户主', null],
    ])
    expect(rows.map(({ name }) => name)).toEqual(['样婴一', '样婴二'])
  })

  it('say the same in any order', () => {
    const header = [
      '姓名',
      '身份证号',
      '联系电话',
      '手机号',
      '房东电话',
      '小区',
      '楼栋',
      '单元',
      '房间号',
      '户籍地址',
      '备注',
    ]
    const cells = [
      '样例甲',
      valid('20010119900101001'),
      '10012340001',
      '10012340002',
      '10080000001',
      '样例苑',
      '三幢',
      '一单元',
      '302',
      '河南省',
      '甲',
    ]
    const [wanted] = rowsOf([header, cells])
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...header.keys()], { minLength: header.length }),
        (order) => {
          const [row] = rowsOf([
            order.map((at) => header[at] ?? ''),
            order.map((at) => cells[at] ?? ''),
          ])
          expect(row).toEqual(wanted)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('cells', () => {
  it.each<[Cell, string | null]>([
    [1958.03, null],
    [2019, null],
    [1990, null],
    ['202005', null],
    [32_874, '1990-01-01'],
    [{ serial: 46_083, shown: 'month-day' }, null],
    ['1990-01-01\u200b', '1990-01-01'],
  ])('%j is the day %j', (cell, day) => {
    expect(cellToDay(cell)).toBe(day)
  })

  const number = valid('20010119800101001')
  it.each<[string, string | null, object]>([
    [`${number.slice(0, 17)}Х`, null, { wrong: [{ problem: 'id-characters' }] }],
    [`${number.slice(0, 17)}×`, null, { wrong: [{ problem: 'id-characters' }] }],
    [`${number.slice(0, 17)}*`, null, { wrong: [{ problem: 'id-characters' }] }],
    [`2O${number.slice(2)}`, null, { wrong: [{ problem: 'id-characters' }] }],
    [`${number}（已核）`, null, { facts: { documentNumber: number }, wrong: [] }],
    [`身份证${number}`, null, { facts: { documentNumber: number }, wrong: [] }],
    [`“${number}”`, null, { facts: { documentNumber: number }, wrong: [] }],
    [`\u200e${number}`, null, { facts: { documentNumber: number }, wrong: [] }],
    [
      valid('91103919800101001'),
      null,
      { facts: { documentType: '553', birth: '1980-01-01', sex: '1' } },
    ],
    [
      valid('81000019800101001'),
      null,
      { facts: { documentType: 'GAT', birth: '1980-01-01', sex: '1' } },
    ],
    [valid('81000019800101001'), '港澳台居民居住证', { facts: { documentType: 'GAT' }, notes: [] }],
    [number, '居民户口簿', { facts: { documentType: '113' }, notes: [] }],
  ])('%s (%s) is a document as it says', (text, type, found) => {
    expect(cleanDocument(text, type, today)).toMatchObject(found)
  })

  it.each([
    ['欧阳样壬(租)', '欧阳样壬', 'name-remark'],
    ['王样兰\u200b', '王样兰', null],
    ['古样丽•样提', '古样丽·样提', null],
    ['王*兰', '王*兰', 'not-a-name'],
    ['张样、李样', '张样、李样', 'not-a-name'],
  ])('the name %s', (text, name, problem) => {
    const [row] = rowsOf([
      ['姓名', '性别', '备注'],
      [text, '女', 'x'],
    ])
    expect(row?.name).toBe(name)
    expect([...(row?.wrong ?? []), ...(row?.notes ?? [])].map((one) => one.problem)).toEqual(
      problem ? [problem] : [],
    )
  })

  it('lose the guard of an export', () => {
    const [row] = rowsOf([
      ['姓名', '工作单位', '备注', '小区', '楼栋', '房间号'],
      ['样例甲', "'@样例公司", "'=1+1", "'样例苑", "'3幢", "'302"],
    ])
    expect(row).toMatchObject({
      facts: { workplace: '@样例公司', note: '=1+1' },
      door: { estate: '样例苑', building: '3幢', room: '302' },
    })
  })
})

describe('doors and households', () => {
  const door = [
    '姓名',
    '与户主关系',
    '户编号',
    '小区',
    '楼栋',
    '单元',
    '房间号',
    '户籍地址',
    '网格',
    '房东',
    '房东电话',
  ]
  const row = (...cells: readonly Cell[]) => compare([door, cells])

  it('of a stranger where others live are asked about', () => {
    const found = row('孙样新', null, null, '样例苑', '3幢', '2', '501')
    expect(found.all[0]?.verdict).toMatchObject({
      ...{ doubt: 'occupied', living: [id(41)], choices: ['join', 'apart', 'replace', 'leave'] },
    })
    const household = (choice: 'join' | 'apart' | 'replace') =>
      plan(found, new Map([[0, choice as never]])).items
    const person = (items: ReturnType<typeof household>) =>
      items.find(({ op, kind }) => op === 'create' && kind === 'resident')
    expect(person(household('join'))?.fields).toMatchObject({ household: id(31), joinedOn: today })
    expect(person(household('apart'))?.fields['household']).not.toBe(id(31))
    expect(household('replace')).toContainEqual(
      expect.objectContaining({ record: id(41), fields: { movedOutOn: today } }),
    )
  })

  it('with a household number of their own are a household of their own', () => {
    const found = row('孙样新', null, '003', '样例苑', '3幢', '2', '501')
    expect(found.all[0]?.verdict.status).toBe('new')
    const made = plan(found)
    expect(made.households).toBe(1)
  })

  it('that are not understood wait for one answer for all of them', () => {
    const first = row('孙样新', null, null, '样例苑', '3幢', '甲', '501')
    expect(first.all[0]?.verdict).toMatchObject({
      status: 'waiting',
      why: [{ problem: 'unclear-unit', text: '甲' }],
    })
    const [asked] = questionsOf(first.all, new Map())
    expect(asked?.question).toMatchObject({ kind: 'unit', text: '甲', place: '样例苑3幢' })
    const answers = new Map<string, Answer>([
      [asked?.question.key ?? '', { to: 'unit', unit: '2' }],
    ])
    const second = compare([door, ['孙样新', '子', null, '样例苑', '3幢', '甲', '501']], answers)
    expect(second.all[0]?.verdict).toMatchObject({ status: 'new', door: { key: id(21) } })
  })

  it('of a block in an estate of houses are asked about', () => {
    const found = row('孙样新', null, null, '秋丰11弄', '2#', null, '305')
    expect(found.all[0]?.asks).toMatchObject([
      { kind: 'building', text: '2#', suggestions: [{ name: '2号', known: true }] },
    ])
    expect(found.all[0]?.verdict.status).toBe('waiting')
  })

  it('in an estate of one building need no building, and any digits will do', () => {
    expect(row('孙样新', null, null, '宿舍', null, null, '206').all[0]?.verdict).toMatchObject({
      ...{ status: 'new', door: { key: id(23) } },
    })
    expect(
      row('孙样新', null, null, '秋丰11弄', '1号', null, '0305').all[0]?.verdict,
    ).toMatchObject({
      ...{ status: 'new', door: { key: id(22) } },
    })
  })

  it('in a grid that nobody made are asked about, and new ones are listed by name', () => {
    expect(
      row('孙样新', null, null, '新样苑', '1幢', '1', '101', null, '第五网格').all[0]?.asks,
    ).toMatchObject([{ kind: 'grid', text: '第五网格' }])
    const made = plan(row('孙样新', null, null, '样例苑', '3幢', '1', '601'))
    expect(made.newDwellings).toEqual([{ building: '样例苑3幢', room: '1单元601', rows: 1 }])
  })

  it('take the landlord, and are not empty any more', () => {
    const items = plan(
      row('孙样新', null, null, '样例苑', '3幢', '1', '302', null, null, '样房东', '10080000001'),
    ).items
    expect(items).toContainEqual(
      expect.objectContaining({
        record: id(20),
        fields: { use: 'rental', landlordName: '样房东', landlordPhone: '10080000001' },
      }),
    )
  })

  it('and a hukou that nobody can place is asked about once', () => {
    const found = row('孙样新', null, null, '样例苑', '3幢', '1', '302', '西湖区样例路')
    expect(found.all[0]?.asks).toMatchObject([{ kind: 'hukou', text: '西湖区' }])
    expect(found.all[0]?.verdict.status).toBe('new')
  })
})

describe('what a form takes', () => {
  it('the row takes alike, and the server stores', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'甲乙王·•. \u200b\u0007\ud842１23（）Aａ⾼'),
      minLength: 1,
      maxLength: 12,
    })
    fc.assert(
      fc.property(text, text, (name, workplace) => {
        const form = cleanFields('resident', { household: id(1), name, workplace })
        fc.pre(form.name !== '' && form.workplace !== '' && !/[()\d（）]/.test(form.name))
        const [row] = rowsOf([
          ['姓名', '工作单位', '性别'],
          [name, workplace, '女'],
        ])
        fc.pre(row !== undefined && row.wrong.length === 0 && row.notes.length === 0)
        expect(row?.name).toBe(form.name)
        expect(row?.facts.workplace).toBe(form.workplace)
        expect(problemsOfNew('resident', form)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})
