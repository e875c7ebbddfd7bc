/** What is typed about where a building stands, and what comes into the record: WGS 84, whatever it was copied from. */
import {
  formatPosition,
  gcjToWgs,
  metresBetween,
  positionOf,
  readPosition,
  roundPosition,
  type Datum,
  type Position,
} from '#domain/position.ts'
import type { Building } from '#domain/building.ts'

export interface LocationValues {
  readonly text: string
  /** The corners of its walls, one a line. */
  readonly walls: string
  /** In which system both are. */
  readonly datum: Datum
}

export type LocationProblem =
  'not-two-numbers' | 'not-in-china' | 'too-few-corners' | 'too-many-corners'

type PlaceFields = Pick<Building, 'latitude' | 'longitude' | 'outline'>

export interface ReadLocation {
  readonly position: Position | null
  readonly fields: PlaceFields
  readonly textProblem: LocationProblem | null
  readonly wallsProblem: LocationProblem | null
  /** Of the walls, from 1: the line that cannot be read. */
  readonly wallsLine: number | null
}

/** As the record has it, so that what nobody touches stays as it is. */
export function valuesOf(fields: PlaceFields): LocationValues {
  const position = positionOf(fields)
  const corners = (fields.outline ?? []).map(([longitude, latitude]) => ({ latitude, longitude }))
  return {
    text: position ? formatPosition(position) : '',
    walls: corners.map(formatPosition).join('\n'),
    datum: 'wgs84',
  }
}

export function readLocation(values: LocationValues): ReadLocation {
  const turn = (position: Position) =>
    roundPosition(values.datum === 'gcj02' ? gcjToWgs(position) : position)
  const read = values.text.trim() === '' ? null : readPosition(values.text)
  const position = read?.ok ? turn(read.position) : null
  const lines = values.walls.split('\n').filter((line) => line.trim() !== '')
  const corners = lines.map(readPosition)
  const bad = corners.findIndex((corner) => !corner.ok)
  const badCorner = corners[bad]
  const outline = corners.flatMap((corner): [number, number][] => {
    if (!corner.ok) return []
    const { longitude, latitude } = turn(corner.position)
    return [[longitude, latitude]]
  })
  return {
    position,
    fields: {
      latitude: position?.latitude ?? null,
      longitude: position?.longitude ?? null,
      outline: outline.length > 0 ? outline : null,
    },
    textProblem: read && !read.ok ? read.problem : null,
    wallsProblem: badCorner && !badCorner.ok ? badCorner.problem : problemOfCount(corners.length),
    wallsLine: bad < 0 ? null : bad + 1,
  }
}

function problemOfCount(corners: number): LocationProblem | null {
  if (corners > 0 && corners < 3) return 'too-few-corners'
  return corners > 200 ? 'too-many-corners' : null
}

/** Metres to the nearest of the grid's other buildings; null where none of them has a place. */
export function metresToNearest(position: Position, others: readonly PlaceFields[]): number | null {
  const distances = others.flatMap((fields) => {
    const at = positionOf(fields)
    return at ? [metresBetween(at, position)] : []
  })
  return distances.length > 0 ? Math.min(...distances) : null
}
