/** What goes on paper and into a picture: the chart in words and marks, with no field for anybody's name or number. */
import { colourKeys, type ColourKey } from '#domain/level.ts'
import type { LevelWords } from '#app/ui/kit/LevelMark.tsx'
import { isFiltering, matches, type ChartOf, type Filter } from '#app/views/building-chart.ts'

export interface SheetCell {
  readonly room: string
  /** Empty where the cell does not match. */
  readonly text: string
  readonly colour: ColourKey
  readonly away: boolean
}

export interface Sheet {
  readonly title: string
  /** Day, scheme and version, what is filtered, and how to read a cell. */
  readonly lines: readonly string[]
  readonly legend: readonly { readonly colour: ColourKey; readonly text: string }[]
  readonly units: readonly {
    readonly title: string
    readonly floors: readonly { readonly label: string; readonly cells: readonly SheetCell[] }[]
    /** Of the longest floor. */
    readonly columns: number
  }[]
}

export interface SheetWords {
  readonly title: string
  readonly lines: readonly string[]
  readonly unit: (unit: string) => string
  readonly floor: (floor: number) => string
  readonly empty: string
  readonly levels: Readonly<Record<ColourKey, LevelWords>>
}

/** The whole building, all units. */
export function sheetOf(chart: ChartOf, filter: Filter, words: SheetWords): Sheet {
  const { levels } = words
  return {
    title: words.title,
    lines: words.lines,
    legend: colourKeys
      .filter((key) => chart.colours[key] > 0)
      .map((key) => ({
        colour: key,
        text: `${levels[key].mark} ${levels[key].word} ${chart.colours[key]}`,
      })),
    units: chart.units.map(({ unit, floors }) => ({
      title: unit === '' ? '' : words.unit(unit),
      columns: Math.max(0, ...floors.map(({ cells }) => cells.length)),
      floors: floors.map(({ floor, cells }) => ({
        label: words.floor(floor),
        cells: cells.map((cell) => {
          const away = isFiltering(filter) && !matches(cell, filter)
          const people = cell.people > 0 ? String(cell.people) : words.empty
          const text = away ? '' : `${levels[cell.colour].mark} ${people}`
          return { room: cell.room, text, colour: cell.colour, away }
        }),
      })),
    })),
  }
}
