/** Doors in words. Apart from how they are read: nobody sees one before a page is there to show it. */
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
