/**
 * Who works in which kind of place, and who keeps places and colleagues: a part of `permission.ts`, by itself so that no first
 * screen has to carry it.
 */
import type { Role } from './account.ts'
import { mayWrite, standsAtGate } from './permission.ts'
import { communities, isGrid, type PlaceKind } from './place.ts'

/**
 * Whether somebody of a role may work in a place: who walks the lanes in a place that holds buildings
 * (`takesBuildings`), an office in what it is the office of, a gate in the village that it is of, the others above grids; a unit is its handlers'.
 */
export function fitsPlace(role: Role, kind: PlaceKind, holdsBuildings: boolean): boolean {
  if (role === 'worker') return holdsBuildings && kind !== 'subdistrict' && kind !== 'unit'
  if (role === 'staff' || role === 'gate') return communities.includes(kind)
  return !isGrid(kind) && (kind !== 'unit' || role === 'handler')
}

/** Whether a role gives a grid to another community: that is above both of them. */
export function mayAssignGrids(role: Role): boolean {
  return role === 'admin'
}

/** Whether somebody of a role may have the places of somebody who leaves. */
export function maySucceed(role: Role, of: Role): boolean {
  return role === of
}

/** Whether a role adds, renames, closes, splits and merges places of a kind in its part of the tree; null: of any. */
export function mayKeepPlaces(role: Role, kind: PlaceKind | null = null): boolean {
  return role === 'admin' || (role === 'staff' && (kind === null || isGrid(kind)))
}

/** Whether a role makes, changes, closes and hands over the accounts of another; null: of any. */
export function mayKeepAccounts(role: Role, of: Role | null = null): boolean {
  return role === 'admin' || (role === 'staff' && (of === null || of === 'worker' || of === 'gate'))
}

/**
 * Whether an account may change from one role into another: what a device holds of the register would stay on it at a
 * gate, so that a gate has an account of its own.
 */
export function mayBecome(from: Role, to: Role): boolean {
  return standsAtGate(from) === standsAtGate(to)
}

/** Whether an account of a role is made only where the office said that its village has gates. */
export function needsGates(role: Role): boolean {
  return standsAtGate(role)
}

/** Whether a role answers for a whole office, so that its word comes from above every part of it. */
export function keepsWholeOffice(role: Role): boolean {
  return role === 'admin'
}

/** Whether a role puts a topic to doors, closes it and says what became of it; also whether it writes down meetings. */
export function mayKeepTopics(role: Role): boolean {
  return mayWrite(role, 'topic')
}

/** Whether a role takes down what doors say to a topic. */
export function mayTakeVoices(role: Role): boolean {
  return mayWrite(role, 'voice')
}

/** Whether a role says what services its communities have; whoever has their stream reads them. */
export function mayKeepServices(role: Role): boolean {
  return mayWrite(role, 'service')
}
