/** Doors: how they are read and ordered; `format-door.ts` writes them. Normal form: estate · digits幢 · digits单元 · floor · room. */
import type { Dwelling } from './dwelling.ts'
import { numeralLetters, numeralsToDigits } from './numerals.ts'
import { plainText } from './text.ts'

type Door = Pick<Dwelling, 'unit' | 'floor' | 'room'>

/** By unit, then floor, then room, each as numbers where they are numbers. */
export function compareDoors(a: Door, b: Door): number {
  return (
    compareNatural(a.unit ?? '', b.unit ?? '') ||
    a.floor - b.floor ||
    compareNatural(a.room, b.room)
  )
}

/** Buildings without a place in the walk come at its end. */
const lastInWalk = 1_000_001

/** By walking order, then by estate and number. */
export function compareInWalk(
  a: { readonly order?: number | null | undefined; readonly estate: string; readonly name: string },
  b: typeof a,
): number {
  return (
    (a.order ?? lastInWalk) - (b.order ?? lastInWalk) ||
    compareNatural(a.estate, b.estate) ||
    compareNatural(a.name, b.name)
  )
}

const plainNumber = /^\d+$/

/** By the numbers in them: 3幢 before 12幢, 秋丰路2号 before 秋丰路11号. */
export function compareNatural(a: string, b: string): number {
  if (a === b) return 0
  if (plainNumber.test(a) && plainNumber.test(b)) return Number(a) - Number(b) || (a < b ? -1 : 1)
  const left = a.match(/\d+|\D+/g) ?? []
  const right = b.match(/\d+|\D+/g) ?? []
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const one = left[index]
    const other = right[index]
    if (one === undefined || other === undefined) return left.length - right.length
    if (one === other) continue
    const difference = isDigits(one) && isDigits(other) ? Number(one) - Number(other) : 0
    if (difference !== 0) return difference
    return one < other ? -1 : 1
  }
  return 0
}

const digitsAlone = /^\d+$/

function isDigits(text: string): boolean {
  return digitsAlone.test(text)
}

/** In old rosters and beyond the mainland, and the many dashes. */
const otherLetters: Readonly<Record<string, string>> = {
  ...{ 樓: '楼', 號: '号', 棟: '栋', 單: '单', 層: '层', 戶: '户', 間: '间', 東: '东', 區: '区' },
}

/** Without blanks but those between two numbers, which could be two doors; dashes as `-`, Latin letters large. */
function plainDoor(text: string): string {
  return plainText(text)
    .toUpperCase()
    .replace(/[樓號棟單層戶間東區]/gu, (letter) => otherLetters[letter] ?? letter)
    .replace(/\s*[‐‑‒–—―−~_]+\s*/gu, '-')
    .replace(/\s*-+\s*/g, '-')
    .replace(/(\d) (?=\d)/g, '$1\u0001')
    .replace(/\s/g, '')
    .replaceAll('\u0001', ' ')
}

/**
 * `3栋`, `3#`, `三号楼`, `第3幢`, `3楼`, `3.0`, `3` → `3幢`, `A座` → `A幢`; `12号` stays. Null where no number, or letter
 * of a block, stands in it.
 */
export function normaliseBuildingName(text: string): string | null {
  const name = numeralsToDigits(plainDoor(text)).replace(/^(\d+)\.0+$/, '$1')
  const block = /^第?(\d+|[A-Z]\d{0,2}|\d+[A-Z])(幢|栋|座|#楼?|号楼|楼)?$/.exec(name)
  if (block) return blockName(block[1] ?? '')
  const house = /^(\d+(?:-\d+)?)号$/.exec(name)
  return house ? `${house[1] ?? ''}号` : null
}

function blockName(number: string): string {
  return `${number.replace(/^0+(?=\d)/, '')}幢`
}

/** The floor that a room number tells: 501 → 5, 1203 → 12; null where it tells none (12, 整栋). */
export function roomToFloor(room: string): number | null {
  const digits = /^(\d{1,3})\d{2}(?:[A-Z]|-.*|[东南西北中].*)?$/iu.exec(plainText(room))
  const floor = Number(digits?.[1] ?? 0)
  return floor > 0 && floor <= highestFloor ? floor : null
}

/** The record's own limit. */
const highestFloor = 150

/** A written address in its levels; null where a level is absent (the rosters' 无). */
export interface DoorParts {
  /** Estate or lane in Chinese characters. */
  readonly estate: string | null
  /** Normal form: `3幢`, `12号`. */
  readonly building: string | null
  /** Digits. */
  readonly unit: string | null
  readonly floor: number | null
  readonly room: string | null
}

/**
 * The levels of an address as people write it: `清风阳光苑3幢2单元501室`, `三幢二单元501`, `3-2-501`, `3#2-501`, `A幢501`,
 * `1号3楼307室`, `秋丰路12号`, `12号（整栋）`. Null where it is not understood to its last letter, or holds no door.
 */
export function parseDoor(text: string): DoorParts | null {
  const written = plainDoor(text)
  // The shortest estate after which everything is understood: 样例苑2期 before 3幢501, since 2期3幢501 is none.
  for (let at = 0; at < written.length; at += 1) {
    const estate = written.slice(0, at)
    if (at > 0 && !isEstate(estate)) continue
    const tail = parseTail(written.slice(at))
    if (tail) return { estate: at === 0 ? null : withoutStreet(estate), ...tail }
  }
  return null
}

const endsInNumeral = new RegExp(`[\\d${numeralLetters}第 -]$`, 'u')

function isEstate(text: string): boolean {
  return !endsInNumeral.test(text) && /^.*\p{Script=Han}.*\p{Script=Han}/u.test(text)
}

/** 蒋家桥路18号清风阳光苑 → 清风阳光苑: where a road's number stands before an estate, the estate is the one. */
function withoutStreet(estate: string): string {
  const rest = /(?:路|街|道|巷)\d+(?:-\d+)?号(.*)$/u.exec(estate)?.[1]
  return rest !== undefined && /^\p{Script=Han}{2,}/u.test(rest) ? rest : estate
}

type Tail = Omit<DoorParts, 'estate'>

/** What follows an estate. */
function parseTail(text: string): Tail | null {
  // 欧阳三 is a name; 三号 is a door.
  if (!/\d/.test(text) && !/[幢栋座楼层室房号#]|单元/u.test(text)) return null
  const tail = numeralsToDigits(text)
  const block = /^第?(\d+|[A-Z]\d{0,2}|\d+[A-Z])(?:幢|栋|座|号楼|#楼?|楼(?=第?\d+单元))(.*)$/u.exec(
    tail,
  )
  if (block) return afterBuilding(blockName(block[1] ?? ''), block[2] ?? '')
  // A house built between two others is 12-1号: not block 12, unit 1.
  const house = /^(\d+(?:-\d+)?)号(?!楼|房)(.*)$/u.exec(tail)
  if (house) return afterBuilding(`${house[1] ?? ''}号`, house[2] ?? '')
  const unit = /^第?(\d+)单元-?(.*)$/u.exec(tail)
  if (unit) return withRoom(null, Number(unit[1]), unit[2] ?? '')
  const three = /^(\d{1,4}|[A-Z]\d{0,2})-(\d{1,2})-(\d{1,5}[A-Z]?)室?$/.exec(tail)
  if (three) return withRoom(blockName(three[1] ?? ''), Number(three[2]), three[3] ?? '')
  const two = /^(\d+|[A-Z]\d{0,2})-(\d{1,5}[A-Z]?)室?$/.exec(tail)
  // 501-1 is a part of 501, 3-501 the room of a block.
  if (two && !(/^\d{3,}$/.test(two[1] ?? '') && (two[2] ?? '').length < 3)) {
    return withRoom(blockName(two[1] ?? ''), null, two[2] ?? '')
  }
  return /^\d/.test(tail) || /^第?\d+[层楼]/u.test(tail) ? withRoom(null, null, tail) : null
}

function afterBuilding(building: string, text: string): Tail | null {
  const rest = text.replace(/^[-,、]/, '')
  const unit = /^第?(\d+)单元-?(.*)$/u.exec(rest)
  if (unit) return withRoom(building, Number(unit[1]), unit[2] ?? '')
  // 3幢2-501: a unit has one or two digits, a room after it more.
  const dashed = /^(\d{1,2})-(\d{2,5}[A-Z]?(?:-[\dA-Z]{1,2})?)室?$/.exec(rest)
  if (dashed) return withRoom(building, Number(dashed[1]), dashed[2] ?? '')
  return withRoom(building, null, rest)
}

function withRoom(building: string | null, unit: number | null, text: string): Tail | null {
  const levels = { building, unit: unit === null ? null : String(unit) }
  if (text === '')
    return building === null && unit === null ? null : { ...levels, floor: null, room: null }
  if (/^\(?(?:整栋|整幢|全幢|独栋|整套|整屋)\)?$/u.test(text))
    return { ...levels, floor: null, room: null }
  const room = readRoomName(text)
  return room && { ...levels, ...room }
}

const side = '[东南西北中前后左右内外]'
const roomEnd = new RegExp(
  `^(\\d{1,5}[A-Z]?(?:-[\\dA-Z]{1,2})?)(?:室|房间|房|号房|户|号)?(?:\\(?(${side}{1,2}[间边侧户室]?|[大小主次][间卧房室]|[甲乙丙丁]|阁楼)\\)?)?$`,
  'u',
)
const named = new RegExp(
  `^(?:门卫室?|传达室|值班室|车库\\d*|车棚|地下室\\d*|阁楼|架空层|储藏室\\d*|店面\\d*|商铺\\d*|底商\\d*|物业用房|宿舍|食堂|仓库|${side}{1,2}[间边侧户室]?)$`,
  'u',
)

/** 501, 0302, 501室, 3楼307室, 2楼东, 402(东间), 302-1, 门卫室. Null where it is none of these. */
export function readRoomName(
  text: string,
): { readonly floor: number | null; readonly room: string } | null {
  const written = numeralsToDigits(plainDoor(text))
    .replace(/^第(?=\d)/, '')
    .replace(/^(\d+)\.0+$/, '$1')
  const storey = /^(\d{1,3})(?:层|楼|F)-?(.*)$/u.exec(written)
  if (storey) {
    const floor = Number(storey[1])
    const rest = storey[2] ?? ''
    if (rest === '') return { floor, room: `${floor}楼` }
    const room = readRoomName(rest)
    if (!room || floor < 1 || floor > highestFloor) return null
    return { floor, room: /^\d/.test(room.room) ? room.room : `${floor}楼${room.room}` }
  }
  if (named.test(written)) return { floor: null, room: written }
  const [, number, part] = roomEnd.exec(written) ?? []
  if (number === undefined) return null
  // 0302 is 302; 01 may be what stands on the door.
  const plain = number.replace(/^0+(?=\d{3})/, '')
  return { floor: roomToFloor(plain), room: `${plain}${part ?? ''}` }
}

export interface RoomQuery {
  readonly building: string | null
  readonly unit: string | null
  readonly room: string
}

/**
 * What somebody types to find a room: `3-2-501`, `3-501`, `501`, `三幢二单元501室`, `3#2-501`, `A幢302`, `B1-302`. Null
 * where it is none. Buildings come back as their digits or letters alone.
 */
export function parseRoomQuery(text: string): RoomQuery | null {
  const tail = parseTail(plainDoor(text))
  if (!tail) return null
  const { building, unit, room } = tail
  return { building: building?.replace(/[幢号]$/u, '') ?? null, unit, room: room ?? '' }
}
