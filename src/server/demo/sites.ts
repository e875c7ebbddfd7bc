/**
 * Where the sample buildings stand: blocks in rows of three, houses along their lane, grid beside grid. Computed from
 * numbers alone, without chance. What nobody has surveyed yet has no position: every ninth house, and dormitories.
 */
import { moveBy, roundPosition, type Position } from '#domain/position.ts'

/** Somewhere in 富春街道; what stands there in the demo does not stand there. */
const middle: Position = { latitude: 30.0487, longitude: 119.9556 }

const gridsInRow = 8
const gridStep = 460

/** The corner from which a grid's buildings are laid out; grids lie side by side. */
export function cornerOfGrid(index: number): Position {
  const row = Math.floor(index / gridsInRow)
  return moveBy(middle, row * gridStep, ((index % gridsInRow) - 2) * gridStep)
}

export interface Site {
  readonly latitude?: number
  readonly longitude?: number
  readonly outline?: [number, number][]
}

/** A block of an estate with its walls: the longer, the more units it has. */
export function siteOfBlock(corner: Position, number: number, units: number): Site {
  const [row, column] = [Math.floor((number - 1) / 3), (number - 1) % 3]
  const at = moveBy(corner, row * 42, column * 68)
  const [half, deep] = [Math.max(10, units * 9), 6]
  const walls = [
    [-deep, -half],
    [-deep, half],
    [deep, half],
    [deep, -half],
  ] as const
  return {
    ...roundPosition(at),
    outline: walls.map(([north, east]) => {
      const { latitude, longitude } = roundPosition(moveBy(at, north, east))
      return [longitude, latitude]
    }),
  }
}

/** Houses stand on both sides of the lane, which begins so many metres east of the corner; numbers rise along it. */
export function siteOfHouse(corner: Position, number: number, laneEast: number): Site {
  if (number % 9 === 0) return {}
  const [step, side] = [Math.floor((number - 1) / 2), (number - 1) % 2]
  // The lane turns back after twenty houses.
  const [turn, along] = [Math.floor(step / 10), step % 10]
  const east = laneEast + turn * 46 + side * 24
  return roundPosition(moveBy(corner, along * 17 + side * 5, east))
}
