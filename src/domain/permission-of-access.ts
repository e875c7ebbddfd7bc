/** What an account of a role has to prove before it opens, and what it may bring: a part of `permission.ts`. */
import type { Role } from './account.ts'
import { maySeeDevices, mayWrite } from './permission.ts'

/** Those whose account opens more than some grids: a policy can ask them for a second factor. */
export function mayHaveToSetFactor(role: Role): boolean {
  return role === 'staff' || role === 'admin'
}

/** Whether six digits guard enough: only who walks one grid has so little on the device. */
export function isGuardedByPin(role: Role, grids: number): boolean {
  return role === 'worker' && grids <= 1
}

/** Whether a role brings pictures of its places: whoever writes their records, and who brings in a file of a device. */
export function mayBringPictures(role: Role, kind: 'photo' | 'errand-photo'): boolean {
  return mayWrite(role, kind) || maySeeDevices(role)
}
