import type { Building } from '#domain/building.ts'
import type { DwellingUse } from '#domain/dwelling.ts'
import type { Letting } from './homes.ts'
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
  readonly homes: readonly ('family' | Letting)[]
  /** The last tenants of this room have left and are still in the register. */
  readonly hasFormer?: boolean
}

export interface BuildingPlan {
  readonly building: Building
  /** A village house has its owner inside, who lets the rest. */
  readonly ownerInside: boolean
  readonly doors: readonly DoorPlan[]
}

export interface BlockShape {
  readonly storeys: number
  readonly units: number
  readonly roomsPerFloor: number
}

const apartments = '0'
const bungalow = '1'
const companyHousing = '5'

/** A block of an estate: units × floors × rooms. `letShare` of the flats are let. */
export function makeBlock(
  random: Random,
  site: { readonly estate: string; readonly number: number; readonly order: number },
  shape: BlockShape,
  letShare: number,
): BuildingPlan {
  const { storeys, units, roomsPerFloor } = shape
  const doors: DoorPlan[] = []
  for (let unit = 1; unit <= units; unit += 1) {
    for (let floor = 1; floor <= storeys; floor += 1) {
      for (let room = 1; room <= roomsPerFloor; room += 1) {
        doors.push(makeFlat(random, { unit: String(unit), floor, room }, letShare, 0.06))
      }
    }
  }
  const { estate, number, order } = site
  return {
    building: { estate, name: `${number}幢`, buildingKind: apartments, ...shape, order },
    ownerInside: false,
    doors,
  }
}

function makeFlat(
  random: Random,
  at: { readonly unit: string | null; readonly floor: number; readonly room: number },
  letShare: number,
  vacantShare: number,
): DoorPlan {
  const { unit, floor } = at
  const door = { unit, floor, room: `${floor}${String(at.room).padStart(2, '0')}` }
  // Shops look onto the street.
  if (floor === 1 && random.chance(0.06)) {
    return { dwelling: { ...door, use: 'business' }, homes: [] }
  }
  const draw = random.next()
  if (draw < vacantShare) {
    const hasFormer = random.chance(0.15)
    return { dwelling: { ...door, use: 'vacant' }, homes: [], hasFormer }
  }
  if (draw > vacantShare + (1 - vacantShare) * letShare) {
    return { dwelling: { ...door, use: 'own' }, homes: ['family'] }
  }
  if (random.chance(0.012)) {
    return { dwelling: { ...door, use: 'group-rental' }, homes: ['crowd'] }
  }
  const homes = random.chance(0.08) ? (['tenants', 'tenants'] as const) : (['tenants'] as const)
  return { dwelling: { ...door, use: 'rental' }, homes, hasFormer: random.chance(0.015) }
}

/** A village house: the owners below, rooms let above where `lets`. */
export function makeHouse(
  random: Random,
  site: { readonly lane: string; readonly number: number; readonly order: number },
  lets: boolean,
): BuildingPlan {
  const storeys = random.chance(0.35) ? 3 : 4
  const building: Building = {
    estate: site.lane,
    name: `${site.number}号`,
    buildingKind: bungalow,
    storeys,
    units: 0,
    order: site.order,
  }
  if (!lets) {
    const dwelling = { floor: 1, room: '整栋', use: 'own' as const }
    return { building, ownerInside: true, doors: [{ dwelling, homes: ['family'] }] }
  }
  const doors: DoorPlan[] = [{ dwelling: { floor: 1, room: '101', use: 'own' }, homes: ['family'] }]
  if (random.chance(0.15)) {
    doors.push({ dwelling: { floor: 1, room: '102', use: 'business' }, homes: [] })
  }
  for (let floor = 2; floor <= storeys; floor += 1) {
    const rooms = random.between(3, 5)
    for (let room = 1; room <= rooms; room += 1) {
      doors.push(makeFlat(random, { unit: null, floor, room }, 1, 0.05))
    }
  }
  return { building, ownerInside: true, doors }
}

/** A factory's dormitory: workmates room by room. */
export function makeDormitory(
  site: { readonly estate: string; readonly number: number; readonly order: number },
  shape: { readonly storeys: number; readonly roomsPerFloor: number },
): BuildingPlan {
  const doors: DoorPlan[] = []
  for (let floor = 1; floor <= shape.storeys; floor += 1) {
    for (let room = 1; room <= shape.roomsPerFloor; room += 1) {
      const number = `${floor}${String(room).padStart(2, '0')}`
      doors.push({ dwelling: { floor, room: number, use: 'rental' }, homes: ['dormitory'] })
    }
  }
  const { estate, number, order } = site
  return {
    building: {
      estate,
      name: `${number}幢`,
      buildingKind: companyHousing,
      units: 0,
      ...shape,
      order,
    },
    ownerInside: false,
    doors,
  }
}
