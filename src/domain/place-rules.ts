/** What may stand under what in the tree of places, where buildings stand, and who may work where. */
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
