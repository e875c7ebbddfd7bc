/** What lies around positions: the rectangle for a camera, and the bounds of a grid drawn around its buildings. */
import { moveBy, type Position } from './position.ts'

export interface Rectangle {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

/** Null of nothing. */
export function rectangleAround(positions: readonly Position[]): Rectangle | null {
  const [first] = positions
  if (!first) return null
  let [west, east] = [first.longitude, first.longitude]
  let [south, north] = [first.latitude, first.latitude]
  for (const { longitude, latitude } of positions) {
    west = Math.min(west, longitude)
    east = Math.max(east, longitude)
    south = Math.min(south, latitude)
    north = Math.max(north, latitude)
  }
  return { west, south, east, north }
}

/** The convex line that keeps so many metres of room around all of them; no corners where there is nothing. */
export function boundsAround(positions: readonly Position[], metres: number): readonly Position[] {
  // Eight points around each: then the line is round enough, and a single building has one as well.
  return hull(
    positions.flatMap((at) =>
      Array.from({ length: 8 }, (_, index) => {
        const angle = (index * Math.PI) / 4
        return moveBy(at, Math.sin(angle) * metres, Math.cos(angle) * metres)
      }),
    ),
  )
}

/** The convex hull, counter-clockwise (A. M. Andrew's monotone chain, 1979). */
function hull(positions: readonly Position[]): readonly Position[] {
  const sorted = [...positions].sort((a, b) => a.longitude - b.longitude || a.latitude - b.latitude)
  if (sorted.length < 3) return sorted
  const chain = (points: readonly Position[]): Position[] => {
    const kept: Position[] = []
    for (const point of points) {
      for (;;) {
        const [before, last] = kept.slice(-2)
        if (!before || !last || turnsLeft(before, last, point)) break
        kept.pop()
      }
      kept.push(point)
    }
    return kept.slice(0, -1)
  }
  return [...chain(sorted), ...chain([...sorted].reverse())]
}

function turnsLeft(a: Position, b: Position, c: Position): boolean {
  return (
    (b.longitude - a.longitude) * (c.latitude - a.latitude) -
      (b.latitude - a.latitude) * (c.longitude - a.longitude) >
    0
  )
}
