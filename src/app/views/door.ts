import { formatDoor } from '#domain/format-door.ts'
import type { Register } from '#app/register/register.ts'

/** `3幢2单元501室` of a dwelling; with the estate before it where `full`. */
export function doorOf(register: Register, dwelling: string, full = false): string {
  const room = register.get('dwelling', dwelling)
  if (!room) return ''
  const building = register.get('building', room.fields.building)
  const door = formatDoor(building?.fields ?? null, room.fields)
  return full && building ? `${building.fields.estate} ${door}` : door
}

/** The door of a household, or '' where it is not on this device. */
export function doorOfHousehold(register: Register, household: string, full = false): string {
  const home = register.get('household', household)
  return home ? doorOf(register, home.fields.dwelling, full) : ''
}

/** `蒋家桥社区 第三网格`, with a micro-grid's name after that, or as much of it as is on this device. */
export function gridName(register: Register, grid: string): string {
  return register
    .pathOf(grid)
    .filter(({ fields }) => fields.placeKind !== 'subdistrict')
    .map(({ fields }) => fields.name)
    .join(' ')
}
