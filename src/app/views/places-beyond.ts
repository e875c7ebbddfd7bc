/** Over which places an office asks the server for a table: its own one, and the communities below it. */
import { isGrid } from '#domain/place.ts'
import type { SessionState } from '#app/stores/session-state.ts'
import type { Register } from '#app/register/register.ts'
import { officePlace } from './office-place.ts'

/** The widest first; none before anything was pulled. */
export function placesBeyond(
  register: Register,
  account: SessionState['account'],
): readonly { readonly value: string; readonly label: string }[] {
  const own = officePlace(register, account)
  if (own === null) return []
  const found = new Map<string, string>()
  for (const { id } of register.grids()) {
    const path = register.pathOf(id)
    const from = path.findIndex((place) => place.id === own)
    if (from < 0) continue
    for (const place of path.slice(from)) {
      if (!isGrid(place.fields.placeKind)) found.set(place.id, place.fields.name)
    }
  }
  return [...found].map(([value, label]) => ({ value, label }))
}
