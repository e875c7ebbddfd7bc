/** Who keeps an office's places and people: asked by the server before anything is done, and by screens before they offer it. */
import type { Role } from './account.ts'
import type { PlaceKind } from './place.ts'

/** Whether a role adds, renames, closes, splits and merges places of a kind in its part of the tree; null: of any. */
export function mayKeepPlaces(role: Role, kind: PlaceKind | null = null): boolean {
  return role === 'admin' || (role === 'staff' && (kind === null || kind === 'grid'))
}

/** Whether a role makes, changes, closes and hands over the accounts of another; null: of any. */
export function mayKeepAccounts(role: Role, of: Role | null = null): boolean {
  return role === 'admin' || (role === 'staff' && (of === null || of === 'worker'))
}
