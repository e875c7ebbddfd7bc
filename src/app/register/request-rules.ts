/** What decides about requests as this device has it: the catalogue and the calendar. */
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
export function calendarHere(register: Pick<Register, 'all'>): Calendar {
  return ownCalendar(register) ?? defaultCalendar
}

/** Null where the office has none. */
function ownCalendar(register: Pick<Register, 'all'>): Calendar | null {
  return newestCalendar([...register.all('calendar')].map(({ fields }) => fields))
}
