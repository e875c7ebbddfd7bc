import type { Building } from '#domain/building.ts'
import type { DwellingUse } from '#domain/dwelling.ts'
import type { Random } from './random.ts'

/** A dwelling before its building has an id. */
export interface Room {
  readonly unit?: string | null
  readonly floor: number
  readonly room: string
  readonly use: DwellingUse
}

export interface DoorPlan {
  readonly dwelling: Room
  /** Who is to live behind it. */
  readonly homes: readonly ('family' | 'tenants' | 'crowd')[]
}

export interface BuildingPlan {
  readonly building: Building
  readonly doors: readonly DoorPlan[]
}

/** A block of an estate: units × floors × rooms. */
export function makeBlock(
  random: Random,
  estate: string,
  number: number,
  order: number,
  letShare: number,
): BuildingPlan {
  const isTall = random.chance(0.15)
  const storeys = isTall ? random.between(11, 17) : 6
  const units = isTall ? 1 : random.between(2, 3)
  const roomsPerFloor = isTall ? 4 : random.between(2, 3)
  const doors: DoorPlan[] = []
  for (let unit = 1; unit <= units; unit += 1) {
    for (let floor = 1; floor <= storeys; floor += 1) {
      for (let room = 1; room <= roomsPerFloor; room += 1) {
        doors.push(makeFlat(random, String(unit), floor, room, letShare))
      }
    }
  }
  return {
    building: {
      estate,
      name: `${number}幢`,
      buildingKind: '0',
      storeys,
      units,
      roomsPerFloor,
      order,
    },
    doors,
  }
}

function makeFlat(
  random: Random,
  unit: string | null,
  floor: number,
  room: number,
  letShare: number,
): DoorPlan {
  const door = { unit, floor, room: `${floor}${String(room).padStart(2, '0')}` }
  const draw = random.next()
  if (draw < 0.05) return { dwelling: { ...door, use: 'vacant' }, homes: [] }
  if (draw < 0.06) return { dwelling: { ...door, use: 'business' }, homes: [] }
  if (draw < 0.06 + letShare) {
    const isCrowd = random.chance(0.012)
    const homes = isCrowd
      ? (['crowd'] as const)
      : random.chance(0.12)
        ? (['tenants', 'tenants'] as const)
        : (['tenants'] as const)
    return { dwelling: { ...door, use: isCrowd ? 'group-rental' : 'rental' }, homes }
  }
  return { dwelling: { ...door, use: 'own' }, homes: ['family'] }
}

/** A village house: the owners below, rooms let above where the village lets. */
export function makeHouse(
  random: Random,
  lane: string,
  number: number,
  order: number,
  lets: boolean,
): BuildingPlan {
  const storeys = random.between(3, 4)
  const building: Building = {
    estate: lane,
    name: `${number}号`,
    buildingKind: '1',
    storeys,
    units: 0,
    order,
  }
  if (!lets) {
    const dwelling = { floor: 1, room: '整栋', use: 'own' as const }
    return { building, doors: [{ dwelling, homes: ['family'] }] }
  }
  const doors: DoorPlan[] = [{ dwelling: { floor: 1, room: '101', use: 'own' }, homes: ['family'] }]
  for (let floor = 2; floor <= storeys; floor += 1) {
    const rooms = random.between(3, 5)
    for (let room = 1; room <= rooms; room += 1) {
      const flat = makeFlat(random, null, floor, room, 0.94)
      doors.push(flat)
    }
  }
  return { building, doors }
}
