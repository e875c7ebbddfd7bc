import { maskName } from '#domain/mask.ts'
import type { Register } from '#app/register/register.ts'
import { doorOf, doorOfHousehold } from './door.ts'
import { walkPages } from '#app/links/walk.ts'
import { firstPages } from '#app/links/first.ts'

/** The door or person that a record is about, and its page; '' and null where this device does not have it. */
export function placeOfRecord(
  register: Register,
  kind: string,
  record: string,
): { readonly where: string; readonly href: string | null } {
  if (kind === 'resident') {
    const resident = register.get('resident', record)
    if (!resident) return nowhere
    const door = doorOfHousehold(register, resident.fields.household, true)
    return { where: `${door} ${maskName(resident.fields.name)}`, href: walkPages.resident(record) }
  }
  if (kind === 'household') {
    const where = doorOfHousehold(register, record, true)
    return where ? { where, href: firstPages.household(record) } : nowhere
  }
  if (kind === 'dwelling') {
    const where = doorOf(register, record, true)
    return where ? { where, href: walkPages.dwelling(record) } : nowhere
  }
  const building = register.get('building', record)?.fields
  return building
    ? { where: `${building.estate} ${building.name}`, href: firstPages.building(record) }
    : nowhere
}

const nowhere = { where: '', href: null } as const

/** The door or person of a record of a kind that nobody names; '' where this device does not have it. */
export function whereOf(register: Register, record: string | undefined): string {
  if (record === undefined) return ''
  const kinds = ['resident', 'household', 'dwelling', 'building'] as const
  const kind = kinds.find((one) => register.get(one, record) !== undefined)
  return kind ? placeOfRecord(register, kind, record).where : ''
}
