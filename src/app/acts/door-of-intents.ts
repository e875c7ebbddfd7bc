import type { Register } from '#app/register/register.ts'
import { doorOf, doorOfHousehold } from '#app/views/door.ts'
import type { Intent } from './intent.ts'

/** The door that something was saved about; '' where it is about none, or about one that is not on this device. */
export function doorOfIntents(register: Register, intents: readonly Intent[]): string {
  for (const { kind, record, op, ...more } of intents) {
    if (kind === 'dwelling') return doorOf(register, record)
    if (kind === 'household') return doorOfHousehold(register, record)
    // What somebody says or has at a door: a voice, an arrival, a vehicle.
    const { dwelling } = op === 'create' ? (more.fields as { readonly dwelling?: unknown }) : {}
    if (typeof dwelling === 'string') return doorOf(register, dwelling)
    if (kind !== 'resident' && kind !== 'visit') continue
    const saved = register.get(kind, record)
    if (saved) return doorOfHousehold(register, saved.fields.household)
  }
  return ''
}
