/** The dirt of rosters, cell by cell and row by row. */
import { describe, expect, it } from 'vitest'
import { cellToDay } from '#domain/roster/clean-day.ts'
import { cleanDocument } from '#domain/roster/clean-document.ts'
import { textsToDoor } from '#domain/roster/clean-door.ts'
import { guessField } from '#domain/roster/fields.ts'
import { findTable } from '#domain/roster/find-header.ts'
import { labelToCode, labelToTag } from '#domain/roster/labels.ts'
import { mappingOf, readRow } from '#domain/roster/read-rows.ts'
import { fillMerged, type Cell, type Sheet } from '#domain/roster/sheet.ts'
import { identityCheckDigit } from '#domain/document-key.ts'

const today = '2026-11-23'
const sheet = (rows: readonly (readonly Cell[])[], merged: Sheet['merged'] = []): Sheet => ({
  name: '样例',
  rows: rows.map((cells, index) => ({ number: index + 1, cells })),
  merged,
})
const valid = (first17: string) => first17 + identityCheckDigit(first17)
const number = valid('20010119900101001')

describe('a day', () => {
  it.each<[Cell, string | null]>([
    ['19900101', '1990-01-01'],
    [19900101, '1990-01-01'],
    ['1990.1.1', '1990-01-01'],
    ['1990/1/1', '1990-01-01'],
    ['1990-01-01', '1990-01-01'],
    ['1990年1月1日', '1990-01-01'],
    ['1990-01-01 00:00:00', '1990-01-01'],
    [32874, '1990-01-01'],
    ['32874', '1990-01-01'],
    [32874.5, '1990-01-01'],
    ['1990.2.30', null],
    ['1990-01', null],
    ['九十年代', null],
    [19901301, null],
    [12, null],
  ])('%j is %j', (cell, day) => {
    expect(cellToDay(cell)).toBe(day)
  })
})

describe('an identity number', () => {
  const withX = [...'0123456789']
    .map((digit) => valid(`2001011990010100${digit}`))
    .find((one) => one.endsWith('X')) as string
  it.each<[string, Cell, string]>([
    ['with a blank behind it', `${number} `, number],
    ['with an apostrophe before it', `'${number}`, number],
    ['with a lower-case x', withX.toLowerCase(), withX],
    [
      'in full width',
      number.replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0)),
      number,
    ],
    ['of 15 digits', number.slice(0, 6) + number.slice(8, 17), number],
  ])('%s is cleaned', (_, cell, clean) => {
    expect(cleanDocument(cell, null, today)).toMatchObject({
      facts: { documentNumber: clean, documentType: '111', birth: '1990-01-01' },
      wrong: [],
    })
  })

  it.each<[Cell, string]>([
    [2.00101199001011e17, 'spoilt-number'],
    ['2.00101E+17', 'spoilt-number'],
    ['2001011990010', 'id-length'],
    [`${number.slice(0, 17)}${number.endsWith('1') ? '2' : '1'}`, 'id-check-digit'],
    ['200101199013010011', 'id-birth'],
    ['H1234567', 'id-length'],
  ])('%j is wrong: %s', (cell, problem) => {
    expect(cleanDocument(cell, null, today)).toMatchObject({ facts: {}, wrong: [{ problem }] })
  })

  it('of another document needs its kind, by any label of it', () => {
    expect(cleanDocument('H1234567', '港澳通行证', today).facts).toEqual({
      documentType: '516',
      documentNumber: 'H1234567',
    })
    expect(cleanDocument('无', '奇怪的证', today)).toMatchObject({
      wrong: [],
      notes: [{ field: 'documentType', problem: 'unknown-label' }],
    })
  })
})

describe('a door', () => {
  const none = { grid: '', estate: '', building: '', unit: '', floor: '', room: '', address: '' }
  it.each(['1栋', '1幢', '1#', '1号楼', '第1幢', '01幢'])('of building %s is 1幢', (building) => {
    expect(textsToDoor({ ...none, estate: '样例苑', building, room: '101室' })).toMatchObject({
      estate: '样例苑',
      building: '1幢',
      room: '101',
    })
  })
  it.each<[Partial<typeof none>, object]>([
    [
      { building: '3幢', unit: '无', room: '无' },
      { building: '3幢', unit: null, room: null },
    ],
    [{ room: '3-1-302' }, { building: '3幢', unit: '1', room: '302', floor: 3 }],
    [
      { estate: '样例苑3幢', room: '302' },
      { estate: '样例苑', building: '3幢', room: '302' },
    ],
    [
      { address: '浙江省杭州市富阳区富春街道样例苑3幢2单元501室' },
      { estate: '样例苑', building: '3幢', unit: '2', room: '501', floor: 5 },
    ],
    [{ address: '样例路12号' }, { estate: '样例路', building: '12号', room: null }],
    [{ address: '无' }, { estate: null, building: null }],
  ])('%j', (texts, door) => {
    expect(textsToDoor({ ...none, ...texts })).toMatchObject(door)
  })
})

describe('labels', () => {
  it('of any edition lead to the code, and numbers to none', () => {
    expect(labelToCode('nation', '汉')).toBe('01')
    expect(labelToCode('education', '大专')).toBe('30')
    expect(labelToCode('marriage', '离异')).toBe('40')
    expect(labelToCode('relation2', '儿子')).toBe('20')
    expect(labelToCode('education', '20')).toBeNull()
    expect(labelToTag('残疾二级')).toEqual({ tag: 'disabled', grade: 2 })
    expect(labelToTag('流动人口')).toBe('ordinary')
    expect(labelToTag('样例类别')).toBeNull()
  })
})

describe('headers', () => {
  const seen = [
    '姓名 与其他人员关系 身份证号 性别 出生日期 联系电话 现住小区/建筑 门牌地址 所属网格 人员类型 是否重点人员 重点类别 户籍小区/建筑 户籍地址 户编号 是否人户分离 实际居住地 是否已迁出 迁出日期 迁往地 是否已死亡 死亡日期 民族 政治面貌 婚姻状况 文化程度 工作学习情况 健康状况 备注',
    '街道名称 社区名称 网格名称 小区名称 楼栋 单元 房间号 姓名 身份证号 性别 人员属性',
    '镇 村 组 户号编码 户主姓名 户主证件号码 与户主关系 姓名 证件号码 性别 年龄 民族 婚姻状况 户口性质 文化程度 职业 联系方式 户籍地址 常住地址 备注',
    '人员代码 小区名称 房间代码 姓名 人员类型 手机号 性别 出生日期 民族 证件类型 证件号码 户籍地址 婚姻状况 政治面貌 学历 职业 入住时间 与户主关系 现居地地址 工作单位 迁出时间',
  ]
  it.each(seen)('that are in use are all known: %s', (line) => {
    const unknown = line.split(' ').filter((header) => {
      const { confidence } = guessField(header)
      return confidence !== 'sure' && confidence !== 'kept-out'
    })
    expect(unknown).toEqual([])
  })

  it('that say the opposite of a field are not taken for it: 人户一致 is not 人户分离', () => {
    for (const header of ['人户一致', '是否人户一致', '人户一致标识']) {
      expect(guessField(header), header).toEqual({ field: null, confidence: 'kept-out' })
    }
  })

  it('are found below titles, and hints, sums and repeated headers are no people', () => {
    const table = findTable(
      sheet([
        ['样例社区花名册'],
        ['填报日期：2026年11月', null, null, '单位：样例'],
        ['姓名*', '身份证号（必填）', '性别', '联系电话'],
        ['必填', '18位', '下拉选择', '选填'],
        ['样例甲', number, '女', null],
        ['姓名*', '身份证号（必填）', '性别', '联系电话'],
        ['样例乙', null, '男', '10012345678'],
        ['合计', '2人'],
      ]),
    )
    expect(table?.headerRow).toBe(3)
    expect(table?.columns.map(({ field }) => field)).toEqual([
      'name',
      'documentNumber',
      'sex',
      'phones',
    ])
    expect(table?.rows.map((row) => row.number)).toEqual([5, 7])
    expect(table?.dropped).toBe(3)
  })

  it('of two rows are read together', () => {
    const table = findTable(
      sheet([
        ['姓名', '身份证号', '现住址', null, null],
        [null, null, '楼栋', '单元', '房间号'],
        ['样例甲', number, '3幢', '1', '302'],
      ]),
    )
    expect(table?.columns.map(({ field }) => field)).toEqual([
      'name',
      'documentNumber',
      'building',
      'unit',
      'room',
    ])
    expect(table?.rows).toHaveLength(1)
  })

  it('are not found where there are none', () => {
    expect(findTable(sheet([['床前明月光'], ['疑是地上霜']]))).toBeNull()
  })
})

describe('a row', () => {
  const read = (header: readonly string[], cells: readonly Cell[]) => {
    const table = findTable(sheet([header, cells]))
    if (!table) throw new Error('no table')
    const [row] = table.rows
    if (!row) throw new Error('no row')
    return readRow('样例', row, mappingOf(table), today)
  }

  it('takes several telephones apart, and says which is none', () => {
    const { facts, notes } = read(
      ['姓名', '联系电话'],
      ['样例 甲', '10012345678；10012345679;0571-00001111、不详,123'],
    )
    expect(facts.phones).toEqual(['10012345678', '10012345679', '0571-00001111'])
    expect(notes).toEqual([{ field: 'phones', problem: 'not-a-telephone', text: '123' }])
  })

  it('believes the number more than the columns beside it', () => {
    const { facts, notes } = read(
      ['姓名', '身份证号', '性别', '出生日期'],
      ['样例甲', number, '女', '1991.1.1'],
    )
    expect(facts).toMatchObject({ sex: '1', birth: '1990-01-01' })
    expect(notes.map(({ problem }) => problem)).toEqual([
      'differs-from-number',
      'differs-from-number',
    ])
  })

  it('says who left, and asks when where nobody says', () => {
    const header = ['姓名', '性别', '是否已迁出', '迁出日期', '迁往地']
    expect(read(header, ['样例甲', '男', '是', '2025.3.4', '样例县']).facts).toMatchObject({
      movedOutOn: '2025-03-04',
      movedOutTo: '样例县',
    })
    expect(read(header, ['样例甲', '男', '是', null, null]).notes).toMatchObject([
      { field: 'movedOutOn', problem: 'required' },
    ])
    expect(read(header, ['样例甲', '男', '否', '无', '无']).facts).not.toHaveProperty('movedOutOn')
  })

  it('without a name is wrong', () => {
    expect(read(['姓名', '身份证号'], ['无', number]).wrong).toMatchObject([
      { field: 'name', problem: 'required' },
    ])
  })
})

describe('merged cells', () => {
  it('tell a household in each of its rows', () => {
    const filled = fillMerged(
      sheet(
        [
          ['户编号', '姓名'],
          ['7', '样例甲'],
          [null, '样例乙'],
          ['8', '样例丙'],
        ],
        [{ top: 1, left: 0, bottom: 2, right: 0 }],
      ),
    )
    expect(filled.rows.map(({ cells }) => cells[0])).toEqual(['户编号', '7', '7', '8'])
  })
})
