/** Rows of a table as the cells of a workbook, whose writer has the guard against formulas. */
import { cellText, type SheetColumn, type SheetRow, type SheetWords } from './sheet-columns.ts'

/**
 * Numbers are numbers and days are days; everything else is text, also the numbers of documents and telephones, which a
 * spreadsheet would round.
 */
export type SheetCell = string | number | null | { readonly day: string }

export function cellsOf(
  columns: readonly SheetColumn[],
  row: SheetRow,
  words: SheetWords,
  open: boolean,
): SheetCell[] {
  return columns.map((column) => {
    if (column.type === 'number') {
      const value = column.value(row)
      return typeof value === 'number' ? value : null
    }
    const text = cellText(column, row, words, open)
    if (text === '') return null
    return column.type === 'day' ? { day: text } : text
  })
}
