/** Writes figures as a workbook of several sheets and hands it to the person; fetched when somebody asks for one. */
import writeWorkbook from 'write-excel-file/universal'
import { sheetText } from '#domain/sheet-cell.ts'
import { saveBlob } from './save-file.ts'

export type FigureCell = string | number | null

export interface FigureSheet {
  readonly name: string
  /** What the numbers are and when they stood so; a line each, above the table. */
  readonly above: readonly string[]
  readonly columns: readonly { readonly header: string; readonly width: number }[]
  readonly rows: readonly (readonly FigureCell[])[]
}

export async function saveFigures(file: string, sheets: readonly FigureSheet[]): Promise<void> {
  const blob = await figuresWorkbook(sheets)
  saveBlob(file, blob)
}

export function figuresWorkbook(sheets: readonly FigureSheet[]): Promise<Blob> {
  return writeWorkbook(
    sheets.map(({ name, above, columns, rows }) => ({
      sheet: name,
      stickyRowsCount: above.length + 1,
      columns: columns.map(({ width }) => ({ width })),
      data: [
        ...above.map((line, index) => [
          { value: sheetText(line), type: String, ...(index === 0 ? bold : {}) },
        ]),
        columns.map(({ header }) => ({ value: sheetText(header), type: String, ...bold })),
        ...rows.map((row) => row.map(toCell)),
      ],
    })),
  ).toBlob()
}

const bold = { fontWeight: 'bold' } as const

function toCell(value: FigureCell) {
  if (value === null) return null
  return typeof value === 'number'
    ? { value, type: Number }
    : { value: sheetText(value), type: String }
}
