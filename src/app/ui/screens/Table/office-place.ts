import type { Role } from '#domain/account.ts'
import type { Register } from '#app/register/register.ts'

/**
 * The stream of the office itself, where views are shared and exports are logged: an administrator's is the subdistrict's,
 * that of a community's staff the community's (of several the first). Null before it was pulled.
 */
export function officePlace(register: Register, role: Role | undefined): string | null {
  for (const grid of register.grids()) {
    const path = register.pathOf(grid.id)
    const place =
      role === 'admin'
        ? path.find(({ fields }) => !fields.parent)
        : path.find(({ fields }) => offices.has(fields.placeKind))
    if (place) return place.id
  }
  return null
}

const offices = new Set(['community', 'village', 'cooperative'])
