/** What an account of a role has to prove before it opens, and what it may bring: a part of `permission.ts`. */
import type { Role } from './account.ts'
import {
  hasDesk,
  mayHandOut,
  mayReview,
  maySeeDevices,
  mayWrite,
  standsAtGate,
} from './permission.ts'
import type { Kind } from './record.ts'

/** Those whose account opens more than some grids: a policy can ask them for a second factor. */
export function mayHaveToSetFactor(role: Role): boolean {
  return role === 'staff' || role === 'admin'
}

/** Whether six digits guard enough: only who walks one grid, or has plates alone, has so little on the device. */
export function isGuardedByPin(role: Role, grids: number): boolean {
  return role === 'gate' || (role === 'worker' && grids <= 1)
}

/** Whether a role brings pictures of its places: whoever writes their records, and who brings in a file of a device. */
export function mayBringPictures(role: Role, kind: 'photo' | 'errand-photo'): boolean {
  return mayWrite(role, kind) || maySeeDevices(role)
}

/** Whether a role may ask for the older history of what its device holds. */
export function mayAskHistory(role: Role): boolean {
  return !standsAtGate(role)
}

/** Who is let in again by whoever runs the server: nobody in the office stands above an administrator. */
export function mayBeRescued(role: Role): boolean {
  return role === 'admin'
}

/** Whether a role says first that a purge far above the usual may go on; a second person has to agree. */
export function mayAgreeToPurge(role: Role): boolean {
  return role === 'admin'
}

/**
 * Whether records of a kind go to devices whose places lie below the one in which they stand. Workers read there what
 * an office says to all; who gave for a stairwell is none of it.
 */
export function goesBelow(kind: Kind): boolean {
  return kind !== 'fund-giver'
}

/** Kinds whose photographs stay with their place: their keys and small pictures do not go below it. */
export const picturesStay: readonly Kind[] = ['fund-entry', 'voice']

/** Whether a role looks for people over all places of its account, whether or not its device holds them. */
export function maySearchBeyond(role: Role): boolean {
  return hasDesk(role)
}

/** Whether a device of a role holds places by demand where its account has more people than a device shall carry. */
export function mayHoldByDemand(role: Role): boolean {
  return hasDesk(role)
}

/** Whether a role reads the table of people over all places of its account, whether or not its device holds them. */
export function mayReadTableBeyond(role: Role): boolean {
  return hasDesk(role) && mayHandOut(role)
}

/** Whether a role sees what waits for a decision over all places of its account, whether or not its device holds them. */
export function mayReviewBeyond(role: Role): boolean {
  return hasDesk(role) && mayReview(role)
}
