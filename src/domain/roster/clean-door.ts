/** Where a row's people live, from whichever of its columns say so. A cell that is filled and not understood is said. */
import { normaliseBuildingName, parseDoor, readRoomName } from '../address.ts'
import { numeralsToDigits } from '../numerals.ts'
import { plainText } from '../text.ts'
import type { DoorLevels } from './questions.ts'
import { cellToDoorText, isNothing, type Cell } from './sheet.ts'

export type DoorField = 'estate' | 'building' | 'unit' | 'floor' | 'room' | 'address'

/** A roster has some hundred estates and buildings, and names each of them a hundred times. */
function remembered<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const held = known.get(text)
    if (held !== undefined) return held
    const made = read(text)
    if (known.size > 10_000) known.clear()
    known.set(text, made)
    return made
  }
}

/** What a row says of its door; null where it says nothing. Normal forms of `domain/address.ts`. */
export interface RosterDoor extends DoorLevels {
  readonly grid: string | null
  /** The building as it stands in the roster: 2# is not beyond doubt 2幢. */
  readonly written: string
  /** The cells that say where the door is, one behind the other, to be quoted. */
  readonly text: string
  /** Filled, and not understood: the row has no door until somebody says what is meant. */
  readonly unclear: readonly { readonly field: DoorField; readonly text: string }[]
  /** Other doors that the cells could mean as well; the register may know only one of them. */
  readonly others: readonly DoorLevels[]
}

export interface DoorTexts {
  readonly grid: string
  readonly estate: string
  readonly building: string
  readonly unit: string
  readonly floor: string
  readonly room: string
  readonly address: string
}

type Levels = { -readonly [Level in keyof DoorLevels]: DoorLevels[Level] }

/**
 * A cell of a door as text: 3-2 that the spreadsheet took for the third of February is 3-2 again. A day with a year may
 * have been anything; it stays a day, and no column of a door understands one.
 */
export function cellToLevel(cell: Cell | undefined): string {
  const isDate = typeof cell === 'object' && cell !== null
  if (isDate && cell.shown === 'month-day') return cellToDoorText(cell)
  const text = isDate ? cellToDay(cell) : plainText(cellToDoorText(cell))
  const typed = /^(\d{1,2})月(\d{1,2})日$/.exec(text) ?? monthFirst(text)
  return typed ? `${Number(typed[1])}-${Number(typed[2])}` : text.replace(/^(-?\d+)\.0+$/, '$1')
}

function cellToDay(cell: Exclude<Cell, string | number | null>): string {
  return new Date(Math.round((cell.serial - 25_569) * 86_400_000)).toISOString().slice(0, 10)
}

const months = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ')

/** 2-Mar, as spreadsheets in English write a date: 3-2 was typed. */
function monthFirst(text: string): readonly [string, string, string] | null {
  const [, before, month, after] =
    /^(?:(\d{1,2})-)?([A-Z]{3})(?:-(\d{1,2}))?$/.exec(text.toUpperCase()) ?? []
  const number = months.indexOf(month ?? '') + 1
  const day = before ?? after
  return number > 0 && day !== undefined ? [text, String(number), day] : null
}

/** 2026-03-02, 2026/3/2, 2026年3月2日: what a spreadsheet makes of 3-2, never a block of the year. */
const isDate = (text: string) =>
  /^(?:19|20)\d\d([-/.年])(?:0?[1-9]|1[0-2])([-/.月])(?:0?[1-9]|[12]\d|3[01])日?(?: .*)?$/.test(
    text,
  )

/** Columns of their own count before what is written out in an address. People of one door share what this gives. */
export function textsToDoor(texts: DoorTexts): RosterDoor {
  const { grid, estate, building, unit, floor, room, address } = texts
  const key = [grid, estate, building, unit, floor, room, address].join('\n')
  const known = knownDoors.get(key)
  if (known) return known
  const made = readDoor(texts)
  if (knownDoors.size > 10_000) knownDoors.clear()
  knownDoors.set(key, made)
  return made
}

const knownDoors = new Map<string, RosterDoor>()

function readDoor(texts: DoorTexts): RosterDoor {
  const filled = (field: DoorField) => (isNothing(texts[field]) ? '' : texts[field])
  const unclear: { field: DoorField; text: string }[] = []
  const not = (field: DoorField) => {
    unclear.push({ field, text: texts[field] })
    return null
  }
  const own: Levels = { estate: null, building: null, unit: null, floor: null, room: null }
  const others: DoorLevels[] = []
  /** Takes what is not said yet, and says no where two columns contradict each other. */
  const take = (field: DoorField, part: Partial<DoorLevels>) => {
    for (const level of ['estate', 'building', 'unit', 'floor', 'room'] as const) {
      const value = part[level] ?? null
      if (value === null) continue
      if (own[level] === null) Object.assign(own, { [level]: value })
      else if (level !== 'estate' && level !== 'floor' && own[level] !== value) not(field)
    }
  }

  const estate = filled('estate')
  if (estate !== '')
    take(
      'estate',
      isDate(estate) ? (not('estate') ?? {}) : readEstate(estate, filled('building') !== ''),
    )
  const building = filled('building')
  if (building !== '') take('building', readBuilding(building) ?? not('building') ?? {})
  const unit = filled('unit')
  if (unit !== '') {
    const read = readUnit(unit)
    if (read === undefined) not('unit')
    else if (read !== null) take('unit', { unit: read })
  }
  const floor = filled('floor')
  if (floor !== '') own.floor = readFloor(floor)
  const room = filled('room')
  if (room !== '') {
    const parts = readRoom(room, own)
    if (parts) {
      take('room', parts.door)
      others.push(...parts.others.map((other) => ({ ...own, ...other })))
    } else not('room')
  }
  const address = filled('address')
  if (address !== '') {
    const known = own.building !== null && own.room !== null
    const written = isDate(plainText(address)) ? null : parseDoor(withoutPlaces(address))
    if (written) takeAddress(own, written, () => not('address'))
    // Where columns of their own say everything, an address may be words.
    else if (!known) not('address')
  }
  return {
    ...own,
    grid: isNothing(texts.grid) ? null : plainText(texts.grid).replace(/\s/g, ''),
    written:
      building !== '' ? building : (/[\dA-Z〇-龟]+(?:#|号|栋|座|幢|楼)/u.exec(address)?.[0] ?? ''),
    text: [estate, building, unit, room, address].filter(Boolean).join(' '),
    unclear,
    others,
  }
}

/**
 * An address beside columns: it fills what these leave blank. A house of a road (12号) is what the post calls a block;
 * two blocks, or two houses, are a contradiction.
 */
function takeAddress(own: Levels, written: DoorLevels, contradict: () => void): void {
  const isOther = (level: 'building' | 'unit' | 'room') =>
    own[level] !== null && written[level] !== null && own[level] !== written[level]
  const isSameKind = own.building?.slice(-1) === written.building?.slice(-1)
  if (isOther('building') && !isSameKind) return
  if (isOther('building') || isOther('unit') || isOther('room')) return contradict()
  own.estate ??= written.estate === null ? null : plainEstate(written.estate)
  own.building ??= written.building
  own.unit ??= written.unit
  own.floor ??= written.floor
  own.room ??= written.room
}

/** The estate's column at times holds the building too: 清风阳光苑3幢. */
function readEstate(text: string, hasBuilding: boolean): Partial<DoorLevels> {
  const plain = plainEstate(text)
  const door = hasBuilding ? null : parseDoor(plain)
  return door?.estate && door.building ? { ...door } : { estate: plain }
}

/** 3幢, 三栋, 3#, 3号楼, 12号, 清风阳光苑3幢, 3幢1单元, 3-1, or a name such as 文化礼堂. Null where it is none of these. */
const readBuilding = remembered((text: string): Partial<DoorLevels> | null => {
  const plain = plainText(text)
  if (isDate(plain)) return null
  const name = normaliseBuildingName(plain)
  if (name) return { building: name }
  // 3-1 in the column of the building is its unit; a number of a house has its 号.
  const dashed = /^(\d{1,3})-(\d{1,2})$/.exec(plain)
  if (dashed) return { building: `${Number(dashed[1])}幢`, unit: String(Number(dashed[2])) }
  const door = parseDoor(plain)
  if (door?.building) return { ...door }
  const words = plain.replace(/\s/g, '')
  return /^\p{Script=Han}{2,20}$/u.test(words) && !/[幢栋单元]$/u.test(words)
    ? { building: words }
    : null
})

/** Digits; null where there is none; undefined where it is not understood. */
export function readUnit(text: string): string | null | undefined {
  const plain = numeralsToDigits(plainText(text))
    .replace(/\s/g, '')
    .replace(/^(\d+)\.0+$/, '$1')
  const number = /^第?(\d{1,3})(?:单元|單元)?$/.exec(plain)?.[1]
  if (number === undefined) return /^(?:无单元|不分单元|没有)$/.test(plain) ? null : undefined
  return Number(number) === 0 ? null : String(Number(number))
}

function readFloor(text: string): number | null {
  const floor = /^第?(-?\d{1,3})(?:层|楼|F)?$/i.exec(
    numeralsToDigits(plainText(text)).replace(/\s|\.0+$/g, ''),
  )?.[1]
  return floor === undefined ? null : Number(floor)
}

/** The room's column: 302, 0302, 302室, 三〇二, 302-1, 402（东间）, 3-1-302, 1-302, 3幢1单元302, 门卫室. */
function readRoom(
  text: string,
  own: DoorLevels,
): { readonly door: Partial<DoorLevels>; readonly others: readonly Partial<DoorLevels>[] } | null {
  const plain = plainText(text)
  if (isDate(plain)) return null
  const simple = roomOf(plain)
  const dashed = /^(\d{1,2})-(\d{2,5}[A-Z]?)室?$/.exec(plain)
  if (dashed && own.building !== null) {
    const [first, room] = [String(Number(dashed[1])), roomOf(dashed[2] ?? '')]
    if (room === null) return null
    // 3-302 beside 3幢: the block once more, or its third unit. The register may know.
    const repeats = own.building.replace(/\D/g, '') === first
    const inUnit = { unit: first, ...room }
    if (own.unit !== null)
      return own.unit === first
        ? { door: room, others: [] }
        : repeats
          ? { door: room, others: [] }
          : null
    return repeats ? { door: room, others: [inUnit] } : { door: inUnit, others: [] }
  }
  // 3-2 in the column of the room beside a block: two ways to read it, and no third.
  if (/^\d{1,2}-\d$/.test(plain) && own.building !== null) {
    const [unit = '', room = ''] = plain.split('-')
    if (own.unit !== null)
      return { door: { room: plain, floor: null }, others: [{ room, floor: null }] }
    return { door: { room: plain, floor: null }, others: [{ unit, room, floor: null }] }
  }
  if (simple && own.building !== null) return { door: simple, others: [] }
  const door = parseDoor(plain)
  // 3-2 with nothing beside it is a block and a room.
  if (door?.building && own.building === null) return { door: { ...door }, others: [] }
  if (simple) return { door: simple, others: [] }
  if (door && (door.building ?? door.unit ?? door.room) !== null)
    return { door: { ...door }, others: [] }
  const words = plain.replace(/\s/g, '')
  return /^\p{Script=Han}{2,10}$/u.test(words)
    ? { door: { room: words.replace(/室$/, '') || words }, others: [] }
    : null
}

const roomOf = remembered((text: string) => readRoomName(text))

/** 浙江省杭州市富阳区富春街道清风阳光苑3幢 → 清风阳光苑3幢. */
function withoutPlaces(text: string): string {
  const written = plainText(text).replace(/[,，]/g, '')
  const rest =
    /^(?:\p{Script=Han}{2,8}?(?:省|自治区))?(?:\p{Script=Han}{2,8}?市)?(?:\p{Script=Han}{2,5}?[区县市])?(?:\p{Script=Han}{2,8}?(?:街道|镇|乡))?(?:\p{Script=Han}{2,8}?(?:社区|村委会|行政村))?(.*)$/u.exec(
      written.replace(/\s/g, ''),
    )?.[1]
  // 一区1幢 is the end of an estate's name; 区 is no district there.
  return rest && /^\p{Script=Han}{2,}?[\dA-Z一二三四五六七八九十]/u.test(rest) ? rest : written
}

export const plainEstate = remembered((text: string) =>
  withoutPlaces(text)
    .replace(/\s/g, '')
    .slice(0, 40)
    .replace(/\p{Surrogate}$/u, ''),
)
