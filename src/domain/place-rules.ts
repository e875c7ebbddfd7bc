/** What may stand under what in the tree of places, where buildings stand, who works where, and who keeps places and people. */
import type { Role } from './account.ts'
import { isGrid, type PlaceKind } from './place.ts'

/** The offices that have a community's work: below them stand grids, or they hold the buildings themselves. */
export const communities: readonly PlaceKind[] = ['community', 'village', 'cooperative']

const above: Readonly<Record<PlaceKind, readonly PlaceKind[]>> = {
  subdistrict: [],
  community: ['subdistrict'],
  village: ['subdistrict'],
  cooperative: ['subdistrict'],
  grid: communities,
  'micro-grid': ['grid'],
  unit: ['subdistrict', 'community'],
}

export function mayStandUnder(kind: PlaceKind, parent: PlaceKind): boolean {
  return above[kind].includes(parent)
}

/**
 * Whether buildings stand in a place of a kind, or would: in every grid, whatever is below it, and in a community below
 * which there is nothing but units.
 */
export function takesBuildings(kind: PlaceKind, below: readonly (PlaceKind | null)[]): boolean {
  return isGrid(kind) || (communities.includes(kind) && below.every((one) => one === 'unit'))
}

/**
 * Whether somebody of a role may work in a place: who walks the lanes in a place that holds buildings
 * (`takesBuildings`), an office in what it is the office of, the others above grids; a unit is its handlers'.
 */
export function fitsPlace(role: Role, kind: PlaceKind, holdsBuildings: boolean): boolean {
  if (role === 'worker') return holdsBuildings && kind !== 'subdistrict' && kind !== 'unit'
  if (role === 'staff') return communities.includes(kind)
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
  return role === 'admin' || (role === 'staff' && (of === null || of === 'worker'))
}

/** A place whose kind somebody wants to change, with what stands in it and around it. */
export interface PlaceToTurn {
  readonly kind: PlaceKind
  /** Of the place that it would stand under. */
  readonly parent: PlaceKind
  /** Open places right below it. */
  readonly below: readonly PlaceKind[]
  /** Roles of those who work in it. */
  readonly roles: readonly Role[]
  /** Anything is recorded in it. */
  readonly hasRecords: boolean
}

export type KindObstacle =
  | { readonly what: 'parent'; readonly kind: PlaceKind }
  | { readonly what: 'below'; readonly kind: PlaceKind }
  | { readonly what: 'role'; readonly role: Role }
  | { readonly what: 'records' }

/** The first thing that would be forbidden if a place were of another kind; null where nothing would. */
export function obstacleToKind(to: PlaceKind, place: PlaceToTurn): KindObstacle | null {
  if (!mayStandUnder(to, place.parent)) return { what: 'parent', kind: place.parent }
  const misplaced = place.below.find((kind) => !mayStandUnder(kind, to))
  if (misplaced) return { what: 'below', kind: misplaced }
  const holds = takesBuildings(to, place.below)
  const misfit = place.roles.find((role) => !fitsPlace(role, to, holds))
  if (misfit) return { what: 'role', role: misfit }
  // A unit has requests, everything else has houses and people: neither has a place in the other.
  const isOther = (to === 'unit') !== (place.kind === 'unit')
  return isOther && place.hasRecords ? { what: 'records' } : null
}
