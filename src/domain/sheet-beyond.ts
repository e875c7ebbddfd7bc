/**
 * The table of people asked of the server, over places that a device does not hold: by what it can be ordered there, and
 * what of a row travels. A device makes a row of it again, so that cells, workbooks and the standard's form are written by
 * the one code that writes those of its own people.
 */
import { caresOf, tagsOf, type SheetColumn, type SheetRow } from './sheet-columns.ts'
import type { Reason } from './colour.ts'
import type { Care } from './care.ts'
import type { Day } from './day.ts'
import type { Resident, Tag } from './resident.ts'

/**
 * Columns by which the server orders: of a number that is masked the order would tell what the mask hides, and what
 * rests on consent may be withheld. Of a name its first letter counts, which every mask shows.
 */
export const beyondSorts = [
  'name',
  'colour',
  'sex',
  'birth',
  'age',
  'arrivedOn',
  'dueOn',
  'overdue',
] as const
export type BeyondSort = (typeof beyondSorts)[number]

export function isBeyondSort(key: string): key is BeyondSort {
  return (beyondSorts as readonly string[]).includes(key)
}

/** A value as a column holds it, masked where it was asked for so; of tags, care and reasons what their words are made of. */
export type BeyondCell =
  string | number | boolean | null | readonly (string | Readonly<Record<string, unknown>>)[]

/** What of a row travels, in the order of the columns. `open` leaves out the mask. */
export function cellsBeyond(
  columns: readonly SheetColumn[],
  row: SheetRow,
  open: boolean,
): BeyondCell[] {
  return columns.map((column) => {
    if (column.type === 'tags') {
      return tagsOf(row).map(({ tag, grade }) => ({ tag, grade: grade ?? null }))
    }
    if (column.type === 'cares') return caresOf(row).map(({ need, who }) => ({ need, who }))
    if (column.type === 'reasons') return row.reasons.map((reason) => ({ ...reason }))
    const value = column.value(row)
    if (value === undefined || value === null) return null
    const { mask } = column
    if (!mask || open || typeof value === 'number' || typeof value === 'boolean') return value
    return typeof value === 'string' ? mask(value) : value.map(mask)
  })
}

interface BeyondRow {
  readonly id: string
  readonly cells: readonly BeyondCell[]
}

/** The columns as rows that travelled are read by: what is masked in them came so. */
export function columnsBeyond(columns: readonly SheetColumn[]): readonly SheetColumn[] {
  return columns.map(({ mask: _, ...column }, index) => ({
    ...column,
    value: (row) => (row as TravelledRow).cells[index] as ReturnType<SheetColumn['value']>,
  }))
}

interface TravelledRow extends SheetRow {
  readonly cells: readonly BeyondCell[]
}

/** A row of what came: only its cells are known of it, and `columnsBeyond` reads them. */
export function rowBeyond(
  columns: readonly SheetColumn[],
  { id, cells }: BeyondRow,
  today: Day,
): SheetRow {
  const listOf = (type: SheetColumn['type']) => {
    const cell = cells[columns.findIndex((column) => column.type === type)]
    return Array.isArray(cell) ? (cell as readonly unknown[]) : []
  }
  const told = { tags: listOf('tags') as Tag[], cares: listOf('cares') as Care[] }
  const row: TravelledRow = {
    ...{ id, cells, today, resident: told as unknown as Resident },
    ...{ household: null, householdId: null, dwelling: null, building: null },
    ...{ subdistrict: '', community: '', grid: '', people: [], head: null, plates: [] },
    ...{ households: 0, colour: 'grey', reasons: listOf('reasons') as Reason[] },
    ...{ due: null, lastMet: null },
  }
  return row
}
