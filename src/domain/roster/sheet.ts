/** A roster as it comes: sheets of cells, before anybody knows what its columns mean. */

/** Text and numbers as they stand in the file; a date as `YYYY-MM-DD`; null where nothing stands. */
export type Cell = string | number | null

export interface SheetRow {
  /** As the spreadsheet numbers it, from 1. */
  readonly number: number
  readonly cells: readonly Cell[]
}

/** Rows and columns from 0, both ends included. */
export interface MergedRange {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

export interface Sheet {
  readonly name: string
  /** Those that hold anything, in order; a million empty rows are none. */
  readonly rows: readonly SheetRow[]
  readonly merged: readonly MergedRange[]
}

/** A cell as text; a whole number without a point or an exponent as far as it is exact. */
export function cellToText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'string') return cell.normalize('NFKC').trim()
  return Number.isSafeInteger(cell) ? cell.toFixed(0) : String(cell)
}

/** What people write where they know nothing. */
const nothing = new Set([
  '',
  '无',
  '/',
  '\\',
  '-',
  '--',
  '—',
  '——',
  '暂无',
  '未知',
  '不详',
  '空',
  'NULL',
  'N/A',
  '#N/A',
  '#REF!',
  '#VALUE!',
])

export function isNothing(text: string): boolean {
  return nothing.has(text.toUpperCase())
}

/**
 * Merged cells filled downwards and to the right: a household that is told apart by one merged cell has it in each of
 * its rows. Only in rows that hold something of their own.
 */
export function fillMerged({ name, rows, merged }: Sheet): Sheet {
  if (merged.length === 0) return { name, rows, merged }
  const byNumber = new Map(rows.map((row) => [row.number, row]))
  const filled = new Map<number, Cell[]>()
  for (const { top, left, bottom, right } of merged) {
    const value = byNumber.get(top + 1)?.cells[left] ?? null
    if (value === null) continue
    for (let line = top; line <= Math.min(bottom, top + largestMerge); line += 1) {
      const row = byNumber.get(line + 1)
      if (!row) continue
      const cells = filled.get(row.number) ?? [...row.cells]
      for (let column = left; column <= Math.min(right, left + widestMerge); column += 1) {
        while (cells.length <= column) cells.push(null)
        cells[column] = value
      }
      filled.set(row.number, cells)
    }
  }
  return {
    name,
    merged,
    rows: rows.map((row) => {
      const cells = filled.get(row.number)
      return cells ? { ...row, cells } : row
    }),
  }
}

/** No household is larger, and no table wider. */
const largestMerge = 2_000
const widestMerge = 200
