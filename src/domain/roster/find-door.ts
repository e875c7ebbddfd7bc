/** The building and dwelling that a row means: ones that the register has, or new ones and in which grid. */
import { normaliseBuildingName, roomToFloor } from '../address.ts'
import type { RosterDoor } from './clean-door.ts'
import { buildingKey, type Held, type RegisterIndex } from './register-index.ts'
import type { RowProblem } from './row.ts'

export interface FoundDoor {
  readonly ok: true
  /** The same for every row at this door. */
  readonly key: string
  readonly stream: string
  readonly building: { readonly id: string } | { readonly estate: string; readonly name: string }
  readonly dwelling:
    | { readonly id: string }
    | { readonly unit: string | null; readonly floor: number; readonly room: string }
}

export interface NoDoor {
  readonly ok: false
  readonly problem: RowProblem
  readonly text: string
}

export interface DoorFinder {
  find(door: RosterDoor): FoundDoor | NoDoor
}

/** `homeGrid`: where a building goes of which neither its estate nor its row tells the grid; null: nowhere. */
export function createDoorFinder(index: RegisterIndex, homeGrid: string | null): DoorFinder {
  const found = new Map<string, FoundDoor | NoDoor>()
  return {
    find(door) {
      const { grid, estate, building, unit, floor, room } = door
      const key = JSON.stringify([grid, estate, building, unit, floor, room])
      const known = found.get(key)
      if (known) return known
      const made = findDoor(index, homeGrid, door)
      found.set(key, made)
      return made
    },
  }
}

const no = (problem: RowProblem, text = ''): NoDoor => ({ ok: false, problem, text })

function findDoor(
  index: RegisterIndex,
  homeGrid: string | null,
  door: RosterDoor,
): FoundDoor | NoDoor {
  if (door.building === null) {
    return no(
      door.room === null && door.estate === null ? 'no-door' : 'no-building',
      door.estate ?? '',
    )
  }
  const name = normaliseBuildingName(door.building) ?? door.building
  const building = findBuilding(index, door.estate, name)
  if (building === 'unclear') return no('unclear-estate', name)
  if (building) return findDwelling(index, building, door)
  const { estate } = door
  if (estate === null) return no('unclear-estate', name)
  const stream = gridOf(index, door.grid, estate, homeGrid)
  if (stream === null) return no('no-grid', door.grid ?? `${estate}${name}`)
  const dwelling = newDwelling(door, name)
  if (!dwelling) return no('no-door', `${estate}${name}`)
  return {
    ok: true,
    key: `new ${stream} ${buildingKey(estate, name)} ${doorKey(dwelling)}`,
    stream,
    building: { estate, name },
    dwelling,
  }
}

function findBuilding(
  index: RegisterIndex,
  estate: string | null,
  name: string,
): Held<'building'> | 'unclear' | null {
  const called = index.buildingsNamed(name)
  if (estate === null) return called.length === 1 ? (called[0] ?? null) : 'unclear'
  const plain = plainEstate(estate)
  const exact = called.filter(({ fields }) => plainEstate(fields.estate) === plain)
  // 秋丰村秋丰路12号 in a roster is 秋丰路12号 in the register.
  const near =
    exact.length > 0
      ? exact
      : called.filter(({ fields }) => plain.endsWith(plainEstate(fields.estate)))
  if (near.length > 1) return 'unclear'
  return near[0] ?? null
}

function plainEstate(estate: string): string {
  return estate.replace(/\s/g, '').replace(/(?<=..)小区$/, '')
}

function findDwelling(
  index: RegisterIndex,
  building: Held<'building'>,
  door: RosterDoor,
): FoundDoor | NoDoor {
  const { id, stream, fields } = building
  const dwellings = index.dwellings(id)
  const isHere = (dwelling: Held<'dwelling'>): FoundDoor => ({
    ok: true,
    key: dwelling.id,
    stream,
    building: { id },
    dwelling: { id: dwelling.id },
  })
  if (door.room === null) {
    // A house is one door, whatever it is called.
    const [only, other] = dwellings
    if (only && !other) return isHere(only)
    if (only) return no('no-door', `${fields.estate}${fields.name}`)
  } else {
    const room = door.room.toUpperCase()
    const same = dwellings.filter((dwelling) => dwelling.fields.room.toUpperCase() === room)
    const exact = same.filter((dwelling) => (dwelling.fields.unit ?? null) === door.unit)
    // A roster without units, or a register without: one door of that number is meant.
    const near = door.unit === null || same.every((dwelling) => !dwelling.fields.unit) ? same : []
    const meant = exact.length > 0 ? exact : near
    const [only, other] = meant
    if (only && !other) return isHere(only)
    if (only) return no('no-door', `${fields.name}${door.room}`)
  }
  const dwelling = newDwelling(door, fields.name)
  if (!dwelling) return no('no-door', `${fields.estate}${fields.name}`)
  return { ok: true, key: `${id} ${doorKey(dwelling)}`, stream, building: { id }, dwelling }
}

interface NewDwelling {
  readonly unit: string | null
  readonly floor: number
  readonly room: string
}

const doorKey = ({ unit, room }: NewDwelling) => `${unit ?? ''}-${room}`

/** A block has rooms; a house without one is its own only room. */
function newDwelling({ unit, floor, room }: RosterDoor, name: string): NewDwelling | null {
  if (room === null)
    return name.endsWith('号') ? { unit: null, floor: floor ?? 1, room: '1' } : null
  if (room.length > 10 || (unit ?? '').length > 4) return null
  return { unit, floor: clamp(floor ?? roomToFloor(room) ?? 1), room: room.toUpperCase() }
}

const clamp = (floor: number) => Math.max(-10, Math.min(150, floor))

/** As the row says, else where the rest of the estate is, else where the office wants it. */
function gridOf(
  { grids, estates }: RegisterIndex,
  label: string | null,
  estate: string,
  homeGrid: string | null,
): string | null {
  if (label !== null) {
    const wanted = plainGrid(label)
    const named = grids.filter(({ name }) => wanted === plainGrid(name))
    const within =
      named.length > 0 ? named : grids.filter(({ name }) => wanted.endsWith(plainGrid(name)))
    if (within.length === 1) return within[0]?.id ?? null
    const among = within.find(({ id }) => id === homeGrid)
    if (among) return among.id
  }
  const streams = estates().get(estate)
  if (streams?.size === 1) return [...streams][0] ?? null
  return homeGrid
}

const numerals = '〇一二三四五六七八九十'

/** 第三网格, 3网格, 网格3 and 三号网格 are one. */
function plainGrid(name: string): string {
  const plain = name.normalize('NFKC').replace(/[\s第号]/g, '')
  const digits = plain.replace(
    /[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]/g,
    (found) => {
      const [tens, ones] = found.includes('十') ? found.split('十') : ['', found]
      const ten = found.includes('十') ? (tens ? numerals.indexOf(tens) : 1) * 10 : 0
      return String(ten + (ones ? numerals.indexOf(ones) : 0))
    },
  )
  return digits.replace(/网格(\d+)$/, '$1网格')
}
