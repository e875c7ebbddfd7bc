/** What may stand under what in the tree of places, where buildings stand, and what keeps a place from another kind. */
import type { Role } from './account.ts'
import { fitsPlace } from './permission-of-places.ts'
import { communities, isGrid, type PlaceKind } from './place.ts'

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
