/** Rows of a table as the cells of a workbook, whose writer has the guard against formulas. */
import { cellText, type SheetColumn, type SheetRow, type SheetWords } from './sheet-columns.ts'

/** Numbers are numbers; everything else is text, also days and the numbers of documents, which a spreadsheet would round. */
export type SheetCell = string | number | null

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
    return text === '' ? null : text
  })
}
