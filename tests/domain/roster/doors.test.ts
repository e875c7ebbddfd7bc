/** The ways in which rosters write doors: understood as they are meant, or said not to be. */
import { describe, expect, it } from 'vitest'
import { cellToLevel, textsToDoor, type DoorTexts } from '#domain/roster/clean-door.ts'
import type { Cell } from '#domain/roster/sheet.ts'

const none: DoorTexts = {
  grid: '',
  estate: '',
  building: '',
  unit: '',
  floor: '',
  room: '',
  address: '',
}

/** Estate, building, unit, room in one line; `?` where the cells are not understood. */
function read(texts: Partial<DoorTexts>): string {
  const door = textsToDoor({ ...none, ...texts })
  if (door.unclear.length > 0) return '?'
  const { estate, building, unit, room } = door
  return [estate, building, unit && `${unit}单元`, room].filter(Boolean).join(' ')
}

describe('columns of a door', () => {
  it.each([
    ...[
      '3幢',
      '3栋',
      '3#',
      '3号楼',
      '三幢',
      '三号楼',
      '第三幢',
      '第3幢',
      '3楼',
      '3號樓',
      '3.0',
      '03幢',
      '3座',
      '3',
      '３幢',
      '3幢\u200b',
      '叁幢',
    ].map((building): [Partial<DoorTexts>, string] => [{ building, room: '302' }, '3幢 302']),
    ...['1', '一单元', '第一单元', '一', '1单元', '1.0', '01', '第1单元'].map(
      (unit): [Partial<DoorTexts>, string] => [
        { building: '3幢', unit, room: '501' },
        '3幢 1单元 501',
      ],
    ),
    ...['甲', 'A', '东单元', '1号门', '1-2'].map((unit): [Partial<DoorTexts>, string] => [
      { building: '3幢', unit, room: '501' },
      '?',
    ]),
    ...[
      '302',
      '302室',
      '302房',
      '0302',
      '302.0',
      '三〇二',
      '302号',
      '302户',
      '３０２',
      '3楼302室',
    ].map((room): [Partial<DoorTexts>, string] => [
      { building: '3幢', unit: '1', room },
      '3幢 1单元 302',
    ]),
    [{ building: '3幢', unit: '1', room: '302-1' }, '3幢 1单元 302-1'],
    [{ building: '3幢', unit: '1', room: '302-2' }, '3幢 1单元 302-2'],
    [{ building: '3幢', unit: '1', room: '402（东间）' }, '3幢 1单元 402东间'],
    [{ building: '3幢', unit: '1', room: '302 303' }, '?'],
    [{ building: '3幢', unit: '1', room: '302、303' }, '?'],
    [{ building: '3幢', room: '1-302' }, '3幢 1单元 302'],
    [{ building: '3幢', unit: '1', room: '1-302' }, '3幢 1单元 302'],
    [{ building: '3幢', unit: '2', room: '1-302' }, '?'],
    [{ building: '3幢', unit: '1', room: '5-2-302' }, '?'],
    [{ room: '3-1-302' }, '3幢 1单元 302'],
    [{ building: '3-1', room: '302' }, '3幢 1单元 302'],
    [{ building: '3幢1单元', room: '302' }, '3幢 1单元 302'],
    [{ building: '12号', room: '' }, '12号'],
    [{ building: '12-1号' }, '12-1号'],
    [{ building: 'A幢', room: '501' }, 'A幢 501'],
    [{ building: '文化礼堂', room: '门卫室' }, '文化礼堂 门卫室'],
    [{ building: '3幢4幢', room: '302' }, '?'],
    [{ building: '2026-03-02', room: '302' }, '?'],
    [{ room: '2026-03-02', building: '3幢' }, '?'],
    [{ estate: '样例苑', room: '3-2' }, '样例苑 3幢 2'],
    [{ estate: '样例苑3幢', room: '302' }, '样例苑 3幢 302'],
    [{ estate: '秋丰一弄', building: '1号', room: '201' }, '秋丰一弄 1号 201'],
    [{ estate: '样例苑2期', building: '3幢', room: '501' }, '样例苑2期 3幢 501'],
    [{ building: '3幢', room: '302', address: '样例苑5幢302' }, '?'],
    [{ building: '3幢', room: '302', address: '样例路12号' }, '3幢 302'],
    [{ building: '3幢', unit: '无', room: '302' }, '3幢 302'],
  ])('%j is %s', (texts, door) => {
    expect(read(texts)).toBe(door)
  })
})

describe('an address in one cell', () => {
  it.each([
    ['秋丰十一弄１号３０５室', '秋丰十一弄 1号 305'],
    ['清风阳光苑一区1幢1单元602', '清风阳光苑一区 1幢 1单元 602'],
    ['清风阳光苑一区1-2-601', '清风阳光苑一区 1幢 2单元 601'],
    ['浙江省杭州市富阳区富春街道清风阳光苑一区1-2-601', '清风阳光苑一区 1幢 2单元 601'],
    ['清风阳光苑1幢207', '清风阳光苑 1幢 207'],
    ['1号304', '1号 304'],
    ['1号3楼307室', '1号 307'],
    ['12号3楼302', '12号 302'],
    ['5楼502室', '502'],
    ['1号-308', '1号 308'],
    ['3号-1', '3号 1'],
    ['3号二楼东', '3号 2楼东'],
    ['秋丰一弄1号402（东间）', '秋丰一弄 1号 402东间'],
    ['秋丰一弄1号403 404', '?'],
    ['12号（整栋）', '12号'],
    ['秋丰11弄1号305', '秋丰11弄 1号 305'],
    ['公寓1区1#2-502', '公寓1区 1幢 2单元 502'],
    ['清风阳光苑一幢二单元602', '清风阳光苑 1幢 2单元 602'],
    ['样例苑三幢二单元501', '样例苑 3幢 2单元 501'],
    ['宿舍206', '宿舍 206'],
    ['蒋家桥路18号清风阳光苑3-2-501', '清风阳光苑 3幢 2单元 501'],
    ['样例苑2期3幢501', '样例苑2期 3幢 501'],
    ['样例苑A幢501', '样例苑 A幢 501'],
    ['3—2—501', '3幢 2单元 501'],
    ['第3幢第2单元第501室', '3幢 2单元 501'],
    ['样例苑3幢501-1', '样例苑 3幢 501-1'],
    ['样例苑叁幢五〇一', '样例苑 3幢 501'],
    ['样例路12号', '样例路 12号'],
    ['样例苑3幢2单元501室东边那间', '?'],
    ['村口第二家', '?'],
    ['2026-03-02', '?'],
    ['2026年3月2日', '?'],
  ])('%s is %s', (address, door) => {
    expect(read({ address })).toBe(door)
  })
})

describe('a cell of a door that a spreadsheet took for a date', () => {
  it.each<[Cell, string]>([
    [{ serial: 46_083, shown: 'month-day' }, '3-2'],
    [{ serial: 46_083, shown: 'day' }, '2026-03-02'],
    [{ serial: 46_082, shown: 'year-month' }, '2026-03-01'],
    ['3月2日', '3-2'],
    ['2-Mar', '3-2'],
    ['Mar-02', '3-2'],
    [302, '302'],
    ['302.0', '302'],
  ])('%j is %s', (cell, text) => {
    expect(cellToLevel(cell)).toBe(text)
  })
})
