/** What a workbook makes as a tree, to be looked at: under each place that is there what comes below it. */
import type { PlaceKind } from '#domain/place.ts'
import type { BookPlace } from '#domain/place-book/find-places.ts'
import type { BookPlan } from '#domain/place-book/plan-book.ts'

export interface Branch {
  readonly name: string
  readonly kind: PlaceKind
  readonly below: readonly Branch[]
  readonly people: BookPlan['people']
  /** New places and accounts below it, all the way down. */
  readonly places: number
  readonly persons: number
}

/** Somebody with several places stands in each of them. */
export function branchesOf({ places, people }: BookPlan): readonly Branch[] {
  const below = new Map<BookPlace, BookPlace[]>()
  const workers = new Map<BookPlace, BookPlan['people'][number][]>()
  const tops = new Set<BookPlace>()
  const note = (place: BookPlace) => {
    if (place.id !== null) tops.add(place)
  }
  for (const place of places) {
    if (!place.parent) continue
    below.set(place.parent, [...(below.get(place.parent) ?? []), place])
    note(place.parent)
  }
  for (const person of people) {
    for (const place of person.places) {
      workers.set(place, [...(workers.get(place) ?? []), person])
      note(place)
    }
  }
  const branchOf = (place: BookPlace): Branch => {
    const inside = (below.get(place) ?? []).map(branchOf)
    const here = workers.get(place) ?? []
    const sum = (name: 'places' | 'persons') =>
      inside.reduce((total, branch) => total + branch[name], 0)
    return {
      ...{ name: place.name, kind: place.kind, below: inside, people: here },
      places: inside.length + sum('places'),
      persons: here.length + sum('persons'),
    }
  }
  return [...tops].map(branchOf)
}
