import { formatDoor } from '#domain/format-door.ts'
import type { Intent } from '#app/stores/app.ts'
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

/** The door that something was saved about; '' where it is about none, or about one that is not on this device. */
export function doorOfIntents(register: Register, intents: readonly Intent[]): string {
  for (const { kind, record } of intents) {
    if (kind === 'dwelling') return doorOf(register, record)
    if (kind === 'household') return doorOfHousehold(register, record)
    if (kind !== 'resident' && kind !== 'visit') continue
    const saved = register.get(kind, record)
    if (saved) return doorOfHousehold(register, saved.fields.household)
  }
  return ''
}

/** `蒋家桥社区 第三网格`, with a micro-grid's name after that, or as much of it as is on this device. */
export function gridName(register: Register, grid: string): string {
  return register
    .pathOf(grid)
    .filter(({ fields }) => fields.placeKind !== 'subdistrict')
    .map(({ fields }) => fields.name)
    .join(' ')
}
