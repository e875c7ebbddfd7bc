/** What decides about requests as this device has it: the catalogue, the calendar, and the units that act. */
import { defaultCalendar, type Calendar } from '#domain/calendar.ts'
import type { Catalogue } from '#domain/requests/catalogue.ts'
import {
  createRequestRules,
  newestCalendar,
  newestCatalogue,
  type RequestRules,
} from '#domain/requests/rules.ts'
import type { Register } from './register.ts'

/** Of a register as much as decides about requests. */
type Deciding = Pick<Register, 'all' | 'allRequestChanges'>

const known = new WeakMap<Deciding, { readonly changes: number; readonly rules: RequestRules }>()

/** Read anew only after something of requests changed; the product's own where the office has none. */
export function rulesHere(register: Deciding): RequestRules {
  const held = known.get(register)
  const changes = register.allRequestChanges
  if (held?.changes === changes) return held.rules
  const catalogue = catalogueHere(register)
  const calendar = ownCalendar(register)
  const fresh = createRequestRules(catalogue, calendar)
  // Of the same versions it is the same, so that what was counted by it stands.
  const rules = held?.rules.key === fresh.key ? held.rules : fresh
  known.set(register, { changes, rules })
  return rules
}

/** The catalogue in force: the newest that this device has; null where the office has none. */
export function catalogueHere(register: Pick<Register, 'all'>): Catalogue | null {
  return newestCatalogue([...register.all('catalogue')].map(({ fields }) => fields))
}

/** The calendar in force: the newest that this device has, or the product's own. */
export function calendarHere(register: Register): Calendar {
  return ownCalendar(register) ?? defaultCalendar
}

/** Null where the office has none. */
function ownCalendar(register: Pick<Register, 'all'>): Calendar | null {
  return newestCalendar([...register.all('calendar')].map(({ fields }) => fields))
}

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
