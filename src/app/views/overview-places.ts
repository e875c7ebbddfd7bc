/** The places of the overview as its pages list them: by name and order, what lies below, and how they compare. */
import { colourKeys } from '#domain/level.ts'
import type { Place } from '#domain/place-schema.ts'
import type { Overview, PlaceFigures } from '#protocol/overview.ts'
import type { Register } from '#app/register/register.ts'
import { shareOf, type GridStanding } from './grid-standing.ts'

/** What this device knows of places, by id. */
export type Places = ReadonlyMap<string, Place>

export interface NamedPlace {
  readonly figures: PlaceFigures
  readonly name: string
  /** Grids in it that nobody walks; null of a grid itself. */
  readonly unwalked: number | null
}

export interface ListedPlace {
  readonly figures: PlaceFigures
  /** From the place itself down: names with a space between. */
  readonly name: string
  readonly placeKind: Place['placeKind'] | null
}

export const compares = ['colours', 'overdue', 'met', 'covered', 'residents'] as const
export type Compare = (typeof compares)[number]

export const sorts = ['order', 'overdue', 'red'] as const
export type Sort = (typeof sorts)[number]

export function placesHere(register: Register): Places {
  return new Map([...register.all('place')].map(({ id, fields }) => [id, fields]))
}

/** The places that an account was given. */
export function rootsOf(told: Overview): readonly PlaceFigures[] {
  return told.places.filter(({ parent }) => parent === null)
}

/** Those below a place in their order; of a closed one only what was is told, in the weeks of the one above it. */
export function placesBelow(
  told: Overview,
  parent: string | null,
  places: Places,
  unwalkedOf: ((id: string) => number | null) | null,
): readonly NamedPlace[] {
  const order = (id: string) => places.get(id)?.order ?? Infinity
  return told.places
    .filter((one) => one.parent === parent && !places.get(one.id)?.closed)
    .sort((a, b) => order(a.id) - order(b.id))
    .map((figures) => ({
      figures,
      name: places.get(figures.id)?.name ?? figures.id,
      unwalked: unwalkedOf?.(figures.id) ?? null,
    }))
}

/** How many grids below a place nobody walks; null of a grid itself. */
export function unwalkedBelow(
  grids: readonly GridStanding[],
  told: Overview,
): (id: string) => number | null {
  const above = new Map(told.places.map(({ id, parent }) => [id, parent]))
  const counts = new Map<string, number>()
  for (const { id, whys } of grids) {
    if (!whys.includes('no-worker')) continue
    for (let at = above.get(id); at; at = above.get(at)) counts.set(at, (counts.get(at) ?? 0) + 1)
  }
  const grid = new Set(grids.map(({ id }) => id))
  const hasParts = new Set(above.values())
  return (id) => (grid.has(id) || !hasParts.has(id) ? null : (counts.get(id) ?? 0))
}

/** A place and all below it, each under the one above it. */
export function listedPlaces(
  told: Overview,
  id: string,
  places: Places,
  above = '',
): readonly ListedPlace[] {
  const figures = told.places.find((one) => one.id === id)
  if (!figures) return []
  const place = places.get(id)
  const name = `${above} ${place?.name ?? id}`.trim()
  return [
    { figures, name, placeKind: place?.placeKind ?? null },
    ...placesBelow(told, id, places, null).flatMap((one) =>
      listedPlaces(told, one.figures.id, places, name),
    ),
  ]
}

/** Nobody is registered there, and nothing is. */
export function isVacant({ figures }: NamedPlace): boolean {
  return figures.residents.total === 0 && figures.dwellings.total === 0
}

/** What the bar of a place stands for, beside those of others. */
export function measureOf({ figures }: NamedPlace, compare: Compare): number | null {
  if (compare === 'overdue') return shareOf(figures.calls.overdue, figures.calls.total)
  if (compare === 'covered') {
    return shareOf(figures.coverage?.met ?? null, figures.coverage?.meant ?? null)
  }
  if (compare === 'met') return figures.visits?.week ?? null
  return figures.residents.total
}

/** Of equals and of what is not told the order stays as it was. */
export function sortedPlaces(places: readonly NamedPlace[], sort: Sort): readonly NamedPlace[] {
  if (sort === 'order') return places
  const rank =
    sort === 'overdue'
      ? ({ figures }: NamedPlace) => [figures.calls.overdue ?? 0]
      : ({ figures }: NamedPlace) => colourKeys.map((key) => figures.residents.colours[key] ?? 0)
  return [...places].sort((a, b) => {
    const [mine, theirs] = [rank(a), rank(b)]
    const at = mine.findIndex((n, index) => n !== theirs[index])
    return at < 0 ? 0 : (theirs[at] ?? 0) - (mine[at] ?? 0)
  })
}

/** The outermost place above each grid that this device holds. */
export function rootsOnDevice(register: Register): readonly string[] {
  return [...new Set(register.grids().map(({ id }) => register.pathOf(id)[0]?.id ?? id))]
}
