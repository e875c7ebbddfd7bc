/** A grid as data: its buildings with their charts, where they stand, and what of them a filter leaves. */
import type { Day } from '#domain/day.ts'
import { colourKeys, type ColourKey } from '#domain/level.ts'
import { positionOf, type Position } from '#domain/position.ts'
import type { Register } from '#app/register/register.ts'
import {
  chartOf,
  isFiltering,
  matches,
  sumCounts,
  type ChartOf,
  type Counts,
  type Filter,
} from './building-chart.ts'

export interface GridBuilding {
  readonly id: string
  readonly estate: string
  readonly name: string
  /** Null where nobody has said yet where it stands. */
  readonly position: Position | null
  /** Corners as the record has them: longitude before latitude. */
  readonly outline: readonly (readonly [number, number])[] | null
  readonly people: number
  readonly chart: ChartOf
}

export interface GridChart {
  /** In walking order. */
  readonly buildings: readonly GridBuilding[]
  readonly counts: Counts
}

/** A building and how many of its dwellings match, by colour. */
export interface Matched {
  readonly building: GridBuilding
  readonly count: number
  readonly colours: Readonly<Record<ColourKey, number>>
}

export function gridChartOf(register: Register, grid: string, day: Day): GridChart {
  const buildings = register.buildings(grid).map(({ id, fields }): GridBuilding => {
    const chart = chartOf(register, id, day)
    return {
      id,
      estate: fields.estate,
      name: fields.name,
      position: positionOf(fields),
      outline: fields.outline ?? null,
      people: peopleIn(chart),
      chart,
    }
  })
  return { buildings, counts: sumCounts(buildings.map(({ chart }) => chart)) }
}

/** The buildings in which something matches; all of them where nothing is asked for. */
export function matchedIn(chart: GridChart, filter: Filter): readonly Matched[] {
  if (!isFiltering(filter)) {
    return chart.buildings.map((building) => ({
      building,
      count: building.chart.total,
      colours: building.chart.colours,
    }))
  }
  return chart.buildings.flatMap((building) => {
    const colours = coloursOf(building.chart, filter)
    const count = colourKeys.reduce((sum, key) => sum + colours[key], 0)
    return count > 0 ? [{ building, count, colours }] : []
  })
}

function coloursOf(chart: ChartOf, filter: Filter): Readonly<Record<ColourKey, number>> {
  const colours = Object.fromEntries(colourKeys.map((key) => [key, 0])) as Record<ColourKey, number>
  for (const { floors } of chart.units) {
    for (const { cells } of floors) {
      for (const cell of cells) if (matches(cell, filter)) colours[cell.colour] += 1
    }
  }
  return colours
}

function peopleIn({ units }: ChartOf): number {
  let people = 0
  for (const { floors } of units) {
    for (const { cells } of floors) for (const cell of cells) people += cell.people
  }
  return people
}
