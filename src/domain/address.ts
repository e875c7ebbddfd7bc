/** Doors: how they are written, read and ordered. Normal form: estate · digits幢 · digits单元 · floor · room. */
import type { Building } from './building.ts'
import type { Dwelling } from './dwelling.ts'

type Door = Pick<Dwelling, 'unit' | 'floor' | 'room'>

/** `3幢2单元501`; without a building `2单元501`. A house without units and with one room is its own name alone. */
export function formatDoor(building: Pick<Building, 'name' | 'units'> | null, door: Door): string {
  const unit = door.unit ? `${door.unit}单元` : ''
  if (building?.units === 0 && !door.unit && isWholeHouse(door)) return building.name
  return `${building?.name ?? ''}${unit}${unit || /^\d/.test(door.room) ? '' : ' '}${door.room}`
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

/** By the numbers in them: 3幢 before 12幢, 秋丰路2号 before 秋丰路11号. */
export function compareNatural(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? []
  const right = b.match(/\d+|\D+/g) ?? []
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const one = left[index]
    const other = right[index]
    if (one === undefined || other === undefined) return left.length - right.length
    if (one === other) continue
    const difference = Number(one) - Number(other)
    if (!Number.isNaN(difference) && difference !== 0) return difference
    return one < other ? -1 : 1
  }
  return 0
}

/** `3栋`, `3#`, `3号楼`, `3` → `3幢`; `12号` stays. Null where no number stands in it. */
export function normaliseBuildingName(text: string): string | null {
  const name = text.normalize('NFKC').replace(/\s/g, '')
  const block = /^(\d+)(幢|栋|#|号楼|座)?$/.exec(name)
  if (block) return `${Number(block[1])}幢`
  const house = /^(\d+(?:-\d+)?)号$/.exec(name)
  return house ? `${house[1] ?? ''}号` : null
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
