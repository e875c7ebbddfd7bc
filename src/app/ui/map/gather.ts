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
 * Joins marks until no two boxes overlap. `place` gives pixels, `unplace` takes them back. Deterministic, so that
 * nothing jumps while somebody looks: the order of the marks decides.
 */
export function gather(
  marks: readonly Mark[],
  place: (position: Position) => { readonly x: number; readonly y: number },
  unplace: (x: number, y: number) => Position,
  box: Box,
): readonly Gathered[] {
  let groups: Placed[] = marks.map((mark) => ({ marks: [mark], ...place(mark.position) }))
  for (let before = Infinity; groups.length < before;) {
    before = groups.length
    const joined: Placed[] = []
    for (const group of groups) {
      const near = joined.find((other) => overlap(group, other, box))
      if (near) join(near, group)
      else joined.push({ ...group })
    }
    groups = joined
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

function overlap(a: Placed, b: Placed, { width, height }: Box): boolean {
  return Math.abs(a.x - b.x) < width && Math.abs(a.y - b.y) < height
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
