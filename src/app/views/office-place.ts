import { maySavePolicy } from '#domain/permission.ts'
import type { SessionState } from '#app/stores/session-state.ts'
import type { Register } from '#app/register/register.ts'

/**
 * The stream of the office itself, where views are shared and exports are logged: the place that the account was given,
 * in which its public part stands (of several one of them). Where that has not come yet, an administrator's is the
 * subdistrict's, that of a community's staff the community's. Null before anything was pulled.
 */
export function officePlace(register: Register, account: SessionState['account']): string | null {
  const own = account && register.get('account', account.id)?.stream
  if (own && register.get('place', own)) return own
  for (const grid of register.grids()) {
    const path = register.pathOf(grid.id)
    const place =
      account && maySavePolicy(account.role)
        ? path.find(({ fields }) => !fields.parent)
        : path.find(({ fields }) => offices.has(fields.placeKind))
    if (place) return place.id
  }
  return null
}

const offices = new Set(['community', 'village', 'cooperative'])
