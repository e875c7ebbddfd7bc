import writeWorkbook from 'write-excel-file/universal'
import type { WorkbookPlan } from './workbook.ts'

type Cell = string | number | null

/** One sheet: title and what stands below it over the whole width, the header row, then the rows. */
export function buildWorkbook(plan: WorkbookPlan, rows: readonly (readonly Cell[])[]) {
  const { columns, title, under } = plan
  const wide = (value: string, more: object) => [
    { value: plain(value), type: String, columnSpan: columns.length, ...more },
    ...Array.from({ length: columns.length - 1 }, () => null),
  ]
  const header = columns.map(({ header }) => ({
    value: plain(header),
    type: String,
    fontWeight: 'bold' as const,
    wrap: true,
  }))
  return writeWorkbook(
    [
      wide(title, { fontWeight: 'bold', fontSize: 16, align: 'center' }),
      wide(under, { align: 'center' }),
      header,
      ...rows.map((row) => row.map(cellOf)),
    ],
    {
      sheet: plan.sheet,
      columns: columns.map(({ width }) => ({ width })),
      stickyRowsCount: 3,
      orientation: 'landscape',
    },
  ).toBlob()
}

/** `@` is the format of text: whoever edits such a cell in Excel still has a text and not 3.3E+17. */
function cellOf(value: Cell) {
  if (value === null) return null
  return typeof value === 'number'
    ? { value, type: Number }
    : { value: plain(value), type: String, format: '@' }
}

/** Its list of strings is an object: what every object has by itself would be taken for a string that is there already. */
function plain(text: string): string {
  return text in Object.prototype ? `${text} ` : text
}
