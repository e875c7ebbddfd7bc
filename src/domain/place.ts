/** A place of the administrative tree; each has one stream whose id is the place's id. */

/**
 * A unit 承办单位 is a department or company that requests are dispatched to; it stands beside the communities. One
 * under a community is that community's own office: what no worker may see is kept there. A micro-grid 微网格 is a part of
 * a grid: it takes buildings, as the grid itself does.
 */
export const placeKinds = [
  'subdistrict',
  'community',
  'village',
  'cooperative',
  'grid',
  'micro-grid',
  'unit',
] as const
export type PlaceKind = (typeof placeKinds)[number]

export function isGrid(kind: PlaceKind | null): boolean {
  return kind === 'grid' || kind === 'micro-grid'
}

/** The offices that have a community's work: below them stand grids, or they hold the buildings themselves. */
export const communities: readonly PlaceKind[] = ['community', 'village', 'cooperative']
