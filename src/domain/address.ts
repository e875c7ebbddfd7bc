/** Doors: how they are written, read and ordered. Normal form: estate · digits幢 · digits单元 · floor · room. */
import type { Building } from './building.ts'
import type { Dwelling } from './dwelling.ts'

type Door = Pick<Dwelling, 'unit' | 'floor' | 'room'>

/**
 * `3幢2单元501室`, in English `Block 3, Unit 2, Room 501`; without a building what follows it. A house without units
 * and with one dwelling is its own name alone.
 */
export function formatDoor(
  building: Pick<Building, 'name' | 'units'> | null,
  door: Door,
  language: 'zh-CN' | 'en' = 'zh-CN',
): string {
  const isWhole = building?.units === 0 && !door.unit && isWholeHouse(door)
  const isNumber = /^\d+[A-Z]?$/i.test(door.room)
  if (language === 'en') {
    const name = building ? buildingInEnglish(building.name) : ''
    const room = isWhole ? '' : isNumber ? `Room ${door.room}` : door.room
    return [name, door.unit ? `Unit ${door.unit}` : '', room].filter(Boolean).join(', ')
  }
  if (isWhole) return building.name
  const before = `${building?.name ?? ''}${door.unit ? `${door.unit}单元` : ''}`
  if (isNumber) return `${before}${door.room}室`
  // A room with a name of its own stands apart: `3幢 门卫室`; after a unit it needs no blank.
  return before && !door.unit && !/^\d/.test(door.room)
    ? `${before} ${door.room}`
    : before + door.room
}

function buildingInEnglish(name: string): string {
  const [, number, kind] = /^([\d-]+)(幢|号)$/.exec(name) ?? []
  return number ? `${kind === '幢' ? 'Block' : 'No.'} ${number}` : name
}

/** A village house with a single dwelling is entered as room 1 or 整栋. */
function isWholeHouse(door: Door): boolean {
  return door.room === '整栋' || door.room === '1'
}

/** By unit, then floor, then room, each as numbers where they are numbers. */
export function compareDoors(a: Door, b: Door): number {
  return (
    compareNatural(a.unit ?? '', b.unit ?? '') ||
    a.floor - b.floor ||
    compareNatural(a.room, b.room)
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

/** `3栋`, `3#`, `3号楼`, `3` → `3幢`; `12号` stays. Null where no number stands in it. */
export function normaliseBuildingName(text: string): string | null {
  const name = text.normalize('NFKC').replace(/\s/g, '')
  const block = /^第?(\d+)(幢|栋|#楼?|号楼|座)?$/.exec(name)
  if (block) return `${Number(block[1])}幢`
  const house = /^(\d+(?:-\d+)?)号$/.exec(name)
  return house ? `${house[1] ?? ''}号` : null
}

/** The floor that a room number tells: 501 → 5, 1203 → 12; null where it tells none (12, 整栋). */
export function roomToFloor(room: string): number | null {
  const digits = /^(\d{1,3})\d{2}[A-Z]?$/i.exec(room.normalize('NFKC').trim())
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
 * The levels of an address as people write it: `清风阳光苑3幢2单元501室`, `3-2-501`, `3#501`, `秋丰路12号`. Null where
 * no number stands in it that could be a house's or a room's.
 */
export function parseDoor(text: string): DoorParts | null {
  const written = text.normalize('NFKC').replace(/\s/g, '')
  const [, estate, rest] = /^(\p{Script=Han}{2,}?)?第?(\d.*)$/u.exec(written) ?? []
  if (rest === undefined) return null
  // A house built between two others is 12-1号: not block 12, unit 1.
  const [, house, inHouse] = /^(\d+(?:-\d+)?)号(?!楼)(.*)$/.exec(rest) ?? []
  const query = parseRoomQuery(house === undefined ? rest : `1号${inHouse ?? ''}`)
  if (!query) return null
  const block = query.building === null ? null : `${Number(query.building)}幢`
  const room = query.room === '' ? null : query.room.toUpperCase()
  return {
    estate: estate ?? null,
    building: house === undefined ? block : `${house}号`,
    unit: query.unit === null ? null : String(Number(query.unit)),
    floor: room === null ? null : roomToFloor(room),
    room,
  }
}

export interface RoomQuery {
  readonly building: string | null
  readonly unit: string | null
  readonly room: string
}

/**
 * What somebody types to find a room: `3-2-501`, `3-501`, `501`, `3幢2单元501室`, `3#2-501`. Null where it is none.
 * Buildings come back as their digits alone.
 */
export function parseRoomQuery(text: string): RoomQuery | null {
  const query = text.normalize('NFKC').replace(/\s/g, '')
  const written = /^(?:(\d+)(?:幢|栋|#|号楼|座|号))(?:(\d+)(?:单元|-))?(\d{1,5}[A-Z]?)?室?$/i.exec(
    query,
  )
  if (written) {
    return { building: written[1] ?? null, unit: written[2] ?? null, room: written[3] ?? '' }
  }
  const unit = /^(\d+)单元(\d{1,5}[A-Z]?)?室?$/i.exec(query)
  if (unit) return { building: null, unit: unit[1] ?? null, room: unit[2] ?? '' }
  const dashed = /^(\d+)-(?:(\d+)-)?(\d{1,5}[A-Z]?)室?$/i.exec(query)
  if (dashed) {
    return { building: dashed[1] ?? null, unit: dashed[2] ?? null, room: dashed[3] ?? '' }
  }
  const alone = /^(\d{1,5}[A-Z]?)室?$/i.exec(query)
  return alone ? { building: null, unit: null, room: alone[1] ?? '' } : null
}
