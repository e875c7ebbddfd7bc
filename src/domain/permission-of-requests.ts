/** Who may hold and decide what of requests: a part of `permission.ts`, by itself so that no first screen has to carry it. */
import type { Role } from './account.ts'

/** Whether somebody of a role may have a request about an office's own people. */
export function mayHoldAboutStaff(role: Role): boolean {
  return role === 'admin'
}

/** Whether somebody of a role may have what only an office keeps, and answers what a unit asks for. */
export function mayDecideAsks(role: Role): boolean {
  return role === 'staff' || role === 'admin'
}

/** Whether somebody of a role acts on requests at all; an auditor reads figures alone, a gate nothing. */
export function actsOnRequests(role: Role): role is Exclude<Role, 'auditor' | 'gate'> {
  return role !== 'auditor' && role !== 'gate'
}
