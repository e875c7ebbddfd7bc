/** Who may bring pictures of photographs: a part of `permission.ts`, by itself so that no first screen has to carry it. */
import type { Role } from './account.ts'
import { maySeeDevices, mayWrite } from './permission.ts'

/** Whoever writes their records in places of its own, and who brings in a file of a device there. */
export function mayBringPictures(role: Role, kind: 'photo' | 'errand-photo'): boolean {
  return mayWrite(role, kind) || maySeeDevices(role)
}
