/** What is said of a piece of work that the server does not have yet: what it is about, and where it can be put right. */
import { maskName } from '#domain/mask.ts'
import { firstPages } from '#app/links/first.ts'
import { requestsPages } from '#app/links/requests.ts'
import { walkPages } from '#app/links/walk.ts'
import type { Register } from '#app/register/register.ts'
import type { UnsentItem } from '#app/sync/unsent-item.ts'
import { declarationOf } from './declarations.ts'
import { doorOf, doorOfHousehold } from './door.ts'

export type { UnsentItem } from '#app/sync/unsent-item.ts'

/** The door, person or number that it is about; '' where this device no longer has it. */
export function whereOfUnsent(register: Register, { mutation }: UnsentItem): string {
  const { kind, record, fields } = mutation
  const household = typeof fields['household'] === 'string' ? fields['household'] : null
  switch (kind) {
    case 'resident': {
      const resident = register.get('resident', record)
      const door = doorOfHousehold(register, resident?.fields.household ?? household ?? '')
      return [resident && maskName(resident.fields.name), door].filter(Boolean).join(' ')
    }
    case 'visit': {
      const known = household ?? register.get('visit', record)?.fields.household
      return doorOfHousehold(register, known ?? '')
    }
    case 'household':
      return doorOfHousehold(register, record)
    case 'dwelling':
      return doorOf(register, record)
    case 'arrival':
    case 'departure':
    case 'landlord-link':
      return doorOf(register, String(fields['dwelling']))
    case 'declaration-answer': {
      const claim = declarationOf(register, String(fields['declaration']))
      return claim ? doorOf(register, claim.fields.dwelling) : ''
    }
    case 'request-step':
      return register.get('request', String(fields['request']))?.fields.number ?? ''
    default:
      return ''
  }
}

/** The page where it can be put right; null where there is none. */
export function pageOfUnsent({ mutation }: UnsentItem): string | null {
  const { kind, record, fields } = mutation
  if (kind === 'resident') return walkPages.editResident(record)
  if (kind === 'household') return firstPages.household(record)
  if (kind === 'dwelling') return walkPages.editDwelling(record)
  if (kind === 'visit' && typeof fields['household'] === 'string') {
    return firstPages.household(fields['household'])
  }
  if (kind === 'arrival' || kind === 'departure' || kind === 'landlord-link') {
    return typeof fields['dwelling'] === 'string' ? walkPages.dwelling(fields['dwelling']) : null
  }
  if (kind === 'declaration-answer') return walkPages.declaration(String(fields['declaration']))
  if (kind === 'request-step') return requestsPages.request(String(fields['request']))
  return null
}
