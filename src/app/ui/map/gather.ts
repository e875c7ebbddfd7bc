/** What is drawn on the map in HTML: marks that would lie over each other are gathered into one, nothing is hidden. */
import { colourKeys, type ColourKey } from '#domain/level.ts'
import type { Position } from '#domain/position.ts'

/** One building on the map, with the rooms that match, by colour. */
export interface Mark {
  readonly id: string
  readonly name: string
  readonly position: Position
  readonly colours: Readonly<Record<ColourKey, number>>
}

export interface Gathered {
  /** The same as long as the same buildings are in it. */
  readonly key: string
  /** One building, or several that have no room beside each other. */
  readonly marks: readonly Mark[]
  readonly position: Position
  readonly colours: Readonly<Record<ColourKey, number>>
}

/** Pixels that a mark takes; it stands with its foot on the position. */
export interface Box {
  readonly width: number
  readonly height: number
}

interface Placed {
  marks: readonly Mark[]
  x: number
  y: number
}

/**
 * Joins marks until no two boxes overlap, those first that lie deepest in each other. `place` gives pixels, `unplace`
 * takes them back. The same for the same marks, so that nothing jumps while somebody looks.
 */
export function gather(
  marks: readonly Mark[],
  place: (position: Position) => { readonly x: number; readonly y: number },
  unplace: (x: number, y: number) => Position,
  box: Box,
): readonly Gathered[] {
  const groups: Placed[] = marks.map((mark) => ({ marks: [mark], ...place(mark.position) }))
  for (;;) {
    const pair = closestPair(groups, box)
    if (!pair) break
    const [into, at] = pair
    const [more] = groups.splice(at, 1)
    if (more) join(into, more)
  }
  return groups.map(({ marks: together, x, y }) => {
    const [first] = together
    return {
      key: together.map(({ id }) => id).join(),
      marks: together,
      position: together.length === 1 && first ? first.position : unplace(x, y),
      colours: addUp(together),
    }
  })
}

/** Of all that overlap the two that lie deepest in each other, the first of equals: what belongs together stays so. */
function closestPair(
  groups: readonly Placed[],
  { width, height }: Box,
): readonly [Placed, number] | null {
  let found: readonly [Placed, number] | null = null
  let least = 1
  for (const [index, one] of groups.entries()) {
    for (let at = index + 1; at < groups.length; at += 1) {
      const other = groups[at]
      if (!other) continue
      const apart = Math.max(Math.abs(one.x - other.x) / width, Math.abs(one.y - other.y) / height)
      if (apart < least) {
        least = apart
        found = [one, at]
      }
    }
  }
  return found
}

/** The middle moves by weight. */
function join(into: Placed, more: Placed): void {
  const [a, b] = [into.marks.length, more.marks.length]
  into.x = (into.x * a + more.x * b) / (a + b)
  into.y = (into.y * a + more.y * b) / (a + b)
  into.marks = [...into.marks, ...more.marks]
}

function addUp(marks: readonly Mark[]): Readonly<Record<ColourKey, number>> {
  const sum = { red: 0, orange: 0, yellow: 0, blue: 0, green: 0, grey: 0 }
  for (const { colours } of marks) for (const key of colourKeys) sum[key] += colours[key]
  return sum
}
