/** What decides about requests as screens and acts ask for it: catalogue, calendar, and the units that act. */
import { catalogueHere } from '#app/register/request-rules.ts'
import type { Register } from '#app/register/register.ts'

export { calendarHere, catalogueHere, rulesHere } from '#app/register/request-rules.ts'

export interface Unit {
  readonly id: string
  readonly name: string
}

/** Units that a request can be sent to: those of the catalogue, and those whose places this device has. */
export function unitsHere(register: Register): readonly Unit[] {
  const units = new Map<string, Unit>()
  for (const { id, name } of catalogueHere(register)?.units ?? []) units.set(id, { id, name })
  for (const { id, fields } of register.all('place')) {
    if (fields.placeKind !== 'unit') continue
    if (fields.closed) units.delete(id)
    else units.set(id, { id, name: fields.name })
  }
  return [...units.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The name of a unit, where this device knows it. */
export function unitName(register: Register, unit: string): string | undefined {
  return unitsHere(register).find(({ id }) => id === unit)?.name
}

/**
 * The stream in which an office keeps what no worker may hold: that of an open unit under its community, or of one
 * under the subdistrict where it is about staff; null where this device has none.
 */
export function officeHere(register: Register, isAboutStaff: boolean): string | null {
  for (const { id, fields } of register.all('place')) {
    if (fields.placeKind !== 'unit' || fields.closed || !fields.parent) continue
    const above = register.get('place', fields.parent)?.fields.placeKind
    if (isAboutStaff ? above === 'subdistrict' : above !== undefined) return id
  }
  return null
}
