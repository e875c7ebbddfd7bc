/**
 * Small numbers are hidden from whoever may not see persons: "2 residents, red" in a lane is as good as two names. A
 * number that is left out could still be computed from the sums around it, so others go with it (complementary
 * suppression): for each one there is another register, with one person elsewhere, that shows exactly the same.
 */

/** A place with its sums, those of all places below it included. */
export interface CountedPlace {
  readonly id: string
  /** Null of a place above which nothing is told. */
  readonly parent: string | null
  readonly total: number
  /** Several ways to split the total: the numbers of each split add up to it, in the same order in every place. */
  readonly splits: readonly (readonly number[])[]
}

/** True where the number is hidden. */
export interface HiddenPlace {
  total: boolean
  readonly splits: readonly boolean[][]
}

/** The smallest number of persons that is told; fewer, except none at all, are hidden. */
export const leastTold = 5

export function hideSmall(
  places: readonly CountedPlace[],
  least = leastTold,
): ReadonlyMap<string, HiddenPlace> {
  const tree = createTree(places)
  for (const place of places) {
    place.splits.forEach((numbers, split) => {
      numbers.forEach((n, column) => {
        if (isSmall(n, least)) tree.hideCell(place, split, column)
      })
    })
    if (isSmall(place.total, least)) tree.hideTotal(place)
  }
  return tree.hidden
}

function isSmall(n: number, least: number): boolean {
  return n > 0 && n < least
}

/** Somebody in a lowest place, and all places up to the one below a common place, whose numbers move with them. */
type Path = readonly CountedPlace[]

/** What of a place a move changes: cells as [split, column], and the total where somebody goes elsewhere. */
interface Change {
  readonly cells: readonly (readonly [split: number, column: number])[]
  readonly total: boolean
}

/** Long: short questions of one tree of places, whose indexes nobody else may change. */
function createTree(places: readonly CountedPlace[]) {
  const byId = new Map(places.map((place) => [place.id, place]))
  const children = new Map<string, CountedPlace[]>()
  for (const place of places) {
    if (place.parent === null) continue
    const siblings = children.get(place.parent)
    if (siblings) siblings.push(place)
    else children.set(place.parent, [place])
  }
  const hidden = new Map<string, HiddenPlace>(
    places.map(({ id, splits }) => [
      id,
      { total: false, splits: splits.map((numbers) => numbers.map(() => false)) },
    ]),
  )

  /** Every way from a lowest place up to this one. */
  const pathsBelow = (place: CountedPlace): Path[] => {
    const below = children.get(place.id)
    if (!below) return [[place]]
    return below.flatMap((child) => pathsBelow(child).map((path) => [...path, place]))
  }
  const known = new Map<string, readonly Path[]>()
  const pathsTo = (place: CountedPlace): readonly Path[] => {
    const made = known.get(place.id) ?? pathsBelow(place)
    known.set(place.id, made)
    return made
  }

  /** How many numbers would have to be hidden that are not yet. */
  const costOf = (path: Path, { cells, total }: Change) => {
    let cost = 0
    for (const { id } of path) {
      const place = hidden.get(id)
      if (total && !place?.total) cost += 1
      for (const [split, column] of cells) if (!place?.splits[split]?.[column]) cost += 1
    }
    return cost
  }
  const hide = (path: Path, { cells, total }: Change) => {
    for (const { id } of path) {
      const place = hidden.get(id)
      if (!place) continue
      if (total) place.total = true
      for (const [split, column] of cells) {
        const numbers = place.splits[split]
        if (numbers) numbers[column] = true
      }
    }
  }

  /**
   * Hides what changes when somebody below a place becomes another, and what changes when somebody under a sibling
   * becomes the opposite, so that no sum above them moves; where there is no sibling, it moves further up. `mine` and
   * `other` give the ways in which a path could change.
   */
  const hideMove = (
    place: CountedPlace,
    mine: (lowest: CountedPlace) => readonly Change[],
    other: (lowest: CountedPlace, change: Change) => boolean,
  ): void => {
    let top = place
    let tail: readonly CountedPlace[] = []
    for (;;) {
      const own = pathsTo(place).map((path): Path => [...path, ...tail])
      const parent = top.parent === null ? undefined : byId.get(top.parent)
      const others = parent
        ? (children.get(parent.id) ?? []).filter(({ id }) => id !== top.id).flatMap(pathsTo)
        : []
      let best: { readonly cost: number; readonly act: () => void } | null = null
      for (const path of own) {
        const [lowest] = path
        for (const change of lowest ? mine(lowest) : []) {
          const cost = costOf(path, change)
          if (best && cost >= best.cost) continue
          if (!parent) {
            best = { cost, act: () => hide(path, change) }
            continue
          }
          for (const beside of others) {
            const [opposite] = beside
            if (!opposite || !other(opposite, change)) continue
            const both = cost + costOf(beside, change)
            if (best && both >= best.cost) continue
            best = {
              cost: both,
              act() {
                hide(path, change)
                hide(beside, change)
              },
            }
          }
        }
      }
      if (best) return best.act()
      // Nobody beside it: what is above moves as well.
      if (!parent) return
      top = parent
      tail = [...tail, parent]
    }
  }

  return {
    hidden,
    /** Somebody in this column could stand in another one. */
    hideCell(place: CountedPlace, split: number, column: number) {
      const cell = (at: CountedPlace, in_: number) => at.splits[split]?.[in_] ?? 0
      const others = (place.splits[split] ?? []).map((_, at) => at).filter((at) => at !== column)
      hideMove(
        place,
        (lowest) =>
          cell(lowest, column) === 0
            ? []
            : others.map((to) => ({
                cells: [
                  [split, column],
                  [split, to],
                ],
                total: false,
              })),
        (lowest, { cells }) => cell(lowest, cells[1]?.[1] ?? column) > 0,
      )
    },
    /** Somebody could live in another place. */
    hideTotal(place: CountedPlace) {
      hideMove(
        place,
        (lowest) => {
          const cells = lowest.splits.map((numbers, split): readonly [number, number] => [
            split,
            numbers.findIndex((n) => n > 0),
          ])
          return lowest.total > 0 ? [{ cells, total: true }] : []
        },
        () => true,
      )
    },
  }
}
