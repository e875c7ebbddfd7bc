import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import {
  compareDoors,
  compareNatural,
  normaliseBuildingName,
  parseDoor,
  parseRoomQuery,
  roomToFloor,
} from '#domain/address.ts'
import { formatDoor } from '#domain/format-door.ts'

const block = { name: '3幢', units: 2 }
const house = { name: '12号', units: 0 }

describe('a door in words', () => {
  it.each([
    [block, { unit: '2', floor: 5, room: '501' }, '3幢2单元501室', 'Block 3, Unit 2, Room 501'],
    [block, { unit: null, floor: 5, room: '501' }, '3幢501室', 'Block 3, Room 501'],
    [null, { unit: '2', floor: 5, room: '501' }, '2单元501室', 'Unit 2, Room 501'],
    [null, { floor: 5, room: '501A' }, '501A室', 'Room 501A'],
    [house, { floor: 1, room: '整栋' }, '12号', 'No. 12'],
    [house, { floor: 1, room: '1' }, '12号', 'No. 12'],
    [house, { floor: 2, room: '201' }, '12号201室', 'No. 12, Room 201'],
    [block, { floor: 1, room: '门卫室' }, '3幢 门卫室', 'Block 3, 门卫室'],
    [null, { floor: 1, room: '整栋' }, '整栋', '整栋'],
    [{ name: '12-1号', units: 0 }, { floor: 1, room: '1' }, '12-1号', 'No. 12-1'],
    [{ name: '老粮站', units: 0 }, { floor: 1, room: '101' }, '老粮站101室', '老粮站, Room 101'],
  ])('%j %j', (building, door, chinese, english) => {
    expect(formatDoor(building, door)).toBe(chinese)
    expect(formatDoor(building, door, 'en')).toBe(english)
  })
})

describe('an address as people write it', () => {
  const parts = (
    building: string | null,
    unit: string | null,
    floor: number | null,
    room: string | null,
    estate: string | null = null,
  ) => ({ estate, building, unit, floor, room })

  it.each([
    ['3-2-501', parts('3幢', '2', 5, '501')],
    ['3-501', parts('3幢', null, 5, '501')],
    ['3幢2单元501', parts('3幢', '2', 5, '501')],
    ['3幢2单元501室', parts('3幢', '2', 5, '501')],
    ['3栋 2 单元 501 室', parts('3幢', '2', 5, '501')],
    ['3#501', parts('3幢', null, 5, '501')],
    ['3#2-501', parts('3幢', '2', 5, '501')],
    ['3号楼2单元1203', parts('3幢', '2', 12, '1203')],
    ['３幢２单元５０１室', parts('3幢', '2', 5, '501')],
    ['03幢02单元501', parts('3幢', '2', 5, '501')],
    ['2单元501a', parts(null, '2', 5, '501A')],
    ['501', parts(null, null, 5, '501')],
    ['秋丰路12号', parts('12号', null, null, null, '秋丰路')],
    ['秋丰路12-1号', parts('12-1号', null, null, null, '秋丰路')],
    ['秋丰路12号201室', parts('12号', null, 2, '201', '秋丰路')],
    ['清风阳光苑3幢2单元501室', parts('3幢', '2', 5, '501', '清风阳光苑')],
    ['清风阳光苑第3幢', parts('3幢', null, null, null, '清风阳光苑')],
    ['清风阳光苑3-2-501', parts('3幢', '2', 5, '501', '清风阳光苑')],
  ])('%s', (text, expected) => {
    expect(parseDoor(text)).toEqual(expected)
  })

  it.each(['', '无', '清风阳光苑', '3-2-501-7', '-', '幢2单元', '王秀兰', '10012345521'])(
    '%s is none',
    (text) => {
      expect(parseDoor(text)).toBeNull()
    },
  )

  it('comes back from the words that it is shown in', () => {
    const doors = fc.record({
      building: fc.integer({ min: 1, max: 120 }),
      unit: fc.option(fc.integer({ min: 1, max: 9 }).map(String)),
      floor: fc.integer({ min: 1, max: 40 }),
      door: fc.integer({ min: 1, max: 99 }),
      isHouse: fc.boolean(),
    })
    fc.assert(
      fc.property(doors, ({ building, unit, floor, door, isHouse }) => {
        const name = `${building}${isHouse ? '号' : '幢'}`
        const room = `${floor}${String(door).padStart(2, '0')}`
        const words = formatDoor({ name, units: unit ? 3 : 0 }, { unit, floor, room })
        expect(parseDoor(`清风阳光苑${words}`)).toEqual(
          parts(name, unit, floor, room, '清风阳光苑'),
        )
      }),
    )
  })

  it('is read without an exception, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const found = parseDoor(text)
        if (found?.building) expect(found.building).toMatch(/^\d+(-\d+)?[幢号]$/)
      }),
    )
  })
})

describe('what somebody types to find a room', () => {
  it.each([
    ['3-2-501', { building: '3', unit: '2', room: '501' }],
    ['3-501', { building: '3', unit: null, room: '501' }],
    ['501', { building: null, unit: null, room: '501' }],
    ['501室', { building: null, unit: null, room: '501' }],
    ['3幢', { building: '3', unit: null, room: '' }],
    ['3幢2单元', { building: '3', unit: '2', room: '' }],
    ['2单元501', { building: null, unit: '2', room: '501' }],
    ['12号', { building: '12', unit: null, room: '' }],
  ])('%s', (text, expected) => {
    expect(parseRoomQuery(text)).toEqual(expected)
  })

  it.each(['', 'wang', '王', '3-', '123456', '3-2-1-501'])('%s is no room', (text) => {
    expect(parseRoomQuery(text)).toBeNull()
  })
})

describe('names of buildings', () => {
  it.each([
    ['3栋', '3幢'],
    ['3#', '3幢'],
    ['3＃楼', '3幢'],
    ['3号楼', '3幢'],
    ['3座', '3幢'],
    ['第3幢', '3幢'],
    [' 3 幢 ', '3幢'],
    ['03', '3幢'],
    ['12号', '12号'],
    ['12-1号', '12-1号'],
  ])('%s is %s', (text, name) => {
    expect(normaliseBuildingName(text)).toBe(name)
    expect(normaliseBuildingName(name)).toBe(name)
  })

  it.each(['', '无', '清风阳光苑', '幢', '3幢2单元', '-3幢', '12-1幢'])('%s is none', (text) => {
    expect(normaliseBuildingName(text)).toBeNull()
  })
})

describe('floors', () => {
  it.each([
    ['501', 5],
    ['1203', 12],
    ['10102', 101],
    ['501A', 5],
    ['５０１', 5],
    ['12', null],
    ['012', null],
    ['99901', null],
    ['整栋', null],
    ['', null],
  ])('of room %s is %s', (room, floor) => {
    expect(roomToFloor(room)).toBe(floor)
  })
})

describe('order', () => {
  it('is by the numbers in names', () => {
    const names = ['12幢', '3幢', '秋丰路11号', '秋丰路2号', '秋丰路2-1号', '1幢']
    expect(names.sort(compareNatural)).toEqual([
      '1幢',
      '3幢',
      '12幢',
      '秋丰路2-1号',
      '秋丰路2号',
      '秋丰路11号',
    ])
  })

  it('tells names that only begin with digits from numbers', () => {
    expect(['10号', '2号', '1号'].sort(compareNatural)).toEqual(['1号', '2号', '10号'])
    expect(['1001', '201', '1101A', '301B'].sort(compareNatural)).toEqual([
      '201',
      '301B',
      '1001',
      '1101A',
    ])
  })

  it('of doors is by unit, floor and room', () => {
    const doors = [
      { unit: '2', floor: 1, room: '101' },
      { unit: '10', floor: 1, room: '101' },
      { unit: '1', floor: 12, room: '1201' },
      { unit: '1', floor: 2, room: '202' },
      { unit: '1', floor: 2, room: '201' },
      { floor: 1, room: '101' },
    ]
    expect(doors.sort(compareDoors).map(({ unit, room }) => `${unit ?? ''}/${room}`)).toEqual([
      '/101',
      '1/201',
      '1/202',
      '1/1201',
      '2/101',
      '10/101',
    ])
  })

  it('is an order: the same from both sides, and it has no rings', () => {
    const text = fc.stringMatching(/^[0-9a号幢 .-]{0,6}$/)
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        expect(Math.sign(compareNatural(a, b))).toBe(-Math.sign(compareNatural(b, a)) + 0)
        expect(compareNatural(a, a)).toBe(0)
        if (compareNatural(a, b) <= 0 && compareNatural(b, c) <= 0) {
          expect(compareNatural(a, c)).toBeLessThanOrEqual(0)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
