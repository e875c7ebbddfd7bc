/** Spreadsheets of OpenDocument (ISO/IEC 26300), as LibreOffice and WPS save them: `.ods`. */
import type { Cell, MergedRange, Sheet, SheetRow } from '#domain/roster/sheet.ts'
import { FileFault, type FileNotice } from './file-fault.ts'
import { mostColumns, mostRows, serial1970 } from './sheet-xml.ts'
import type { OnRows } from './workbook.ts'
import { attributeOf, createXmlReader, type Attributes } from './xml.ts'
import type { Archive } from './zip.ts'

export function isOpenDocument(archive: Archive): boolean {
  return archive.has('content.xml') && /spreadsheet/.test(archive.text('mimetype') ?? 'spreadsheet')
}

export async function readOpenDocument(
  archive: Archive,
  onNotice: (notice: FileNotice) => void,
  onRows: OnRows,
): Promise<Sheet[]> {
  const pieces = archive.read('content.xml')
  if (!pieces) throw new FileFault('damaged')
  if (archive.names.some((name) => /^Basic\//i.test(name))) onNotice('macros')
  const reader = createContentReader(onNotice)
  const decoder = new TextDecoder()
  for (const piece of pieces) {
    reader.push(decoder.decode(piece, { stream: true }))
    await onRows(reader.rows())
  }
  reader.push(decoder.decode())
  reader.end()
  return reader.sheets
}

interface OpenTable {
  readonly name: string
  readonly isHidden: boolean
  readonly rows: SheetRow[]
  readonly merged: MergedRange[]
  readonly hiddenColumns: number[]
}

/** Long: a reader of events, an answer for each kind of element, over the table that is being read. */
function createContentReader(onNotice: (notice: FileNotice) => void) {
  const sheets: Sheet[] = []
  /** Styles of tables that are not shown. */
  const hiddenStyles = new Set<string>()
  let style = ''
  let table: OpenTable | null = null
  let rows = 0
  let columns = 0
  let line = 0
  let repeatedRow = 1
  let isHiddenRow = false
  let cells: Cell[] = []
  let isFilled = false
  let column = 0
  let cell: Attributes | null = null
  let text = ''
  let depth = 0 // of paragraphs: those of notes and drawings within a cell are no part of it
  let aside = 0

  const openTable = (attributes: Attributes) => {
    table = {
      name: attributeOf(attributes, 'name') ?? '',
      isHidden: hiddenStyles.has(attributeOf(attributes, 'style-name') ?? ''),
      rows: [],
      merged: [],
      hiddenColumns: [],
    }
    columns = 0
    line = 0
  }
  const endCell = () => {
    if (!cell) return
    const repeated = Math.min(times(cell, 'number-columns-repeated'), mostColumns)
    const value = toCell(cell, text, onNotice)
    const [wide, high] = ['number-columns-spanned', 'number-rows-spanned'].map((span) =>
      times(cell as Attributes, span),
    )
    if (table && ((wide ?? 1) > 1 || (high ?? 1) > 1)) {
      table.merged.push({
        top: line,
        left: column,
        bottom: line + (high ?? 1) - 1,
        right: column + (wide ?? 1) - 1,
      })
    }
    if (value !== null && column < mostColumns) {
      while (cells.length < column) cells.push(null)
      for (let at = 0; at < repeated && column + at < mostColumns; at += 1) cells.push(value)
      isFilled = true
    }
    column += repeated
    cell = null
  }
  const endRow = () => {
    // What is empty may be repeated a million times; what holds something, as often as there may be rows.
    if (table && isFilled) {
      for (let at = 0; at < repeatedRow; at += 1) {
        if (rows >= mostRows) throw new FileFault('too-many-rows')
        rows += 1
        table.rows.push({
          number: line + at + 1,
          cells,
          ...(isHiddenRow ? { hidden: true } : {}),
        })
      }
    }
    line += repeatedRow
  }

  const reader = createXmlReader({
    open(name, attributes) {
      switch (name) {
        case 'style':
          style = attributeOf(attributes, 'name') ?? ''
          break
        case 'table-properties':
          if (attributeOf(attributes, 'display') === 'false') hiddenStyles.add(style)
          break
        case 'table':
          openTable(attributes)
          break
        case 'table-column': {
          const repeated = Math.min(times(attributes, 'number-columns-repeated'), mostColumns)
          if (isHidden(attributes)) {
            for (let at = columns; at < columns + repeated; at += 1) table?.hiddenColumns.push(at)
          }
          columns += repeated
          break
        }
        case 'table-row':
          repeatedRow = times(attributes, 'number-rows-repeated')
          isHiddenRow = isHidden(attributes)
          cells = []
          isFilled = false
          column = 0
          break
        case 'table-cell':
        case 'covered-table-cell':
          cell = attributes
          text = ''
          depth = 0
          break
        case 'annotation':
        case 'frame':
        case 'custom-shape':
          aside += 1
          break
        case 'p':
          if (aside > 0) break
          if (depth > 0) text += '\n'
          depth += 1
          break
        case 's':
          if (aside === 0) text += ' '.repeat(Math.min(times(attributes, 'c'), 100))
          break
        case 'tab':
        case 'line-break':
          if (aside === 0) text += name === 'tab' ? '\t' : '\n'
      }
    },
    close(name) {
      if (name === 'table-cell' || name === 'covered-table-cell') endCell()
      else if (name === 'table-row') endRow()
      else if (name === 'annotation' || name === 'frame' || name === 'custom-shape') aside -= 1
      else if (name === 'table' && table) {
        const { isHidden: hidden, ...rest } = table
        sheets.push({ ...rest, ...(hidden ? { hidden: true } : {}) })
        table = null
      }
    },
    text(more) {
      if (cell && aside === 0 && depth > 0) text += more
    },
  })
  return { ...reader, sheets, rows: () => rows }
}

function times(attributes: Attributes, name: string): number {
  const found = Number(attributeOf(attributes, name) ?? 1)
  return Number.isSafeInteger(found) && found > 0 ? found : 1
}

/** By hand (`collapse`) or by a filter. */
function isHidden(attributes: Attributes): boolean {
  return /^(collapse|filter)$/.test(attributeOf(attributes, 'visibility') ?? '')
}

/** The value as it is typed in the file (19.385); what is shown beside it tells how a date is meant. */
function toCell(cell: Attributes, shown: string, onNotice: (notice: FileNotice) => void): Cell {
  const type = attributeOf(cell, 'value-type')
  const formula = attributeOf(cell, 'formula')
  if (formula !== null) {
    onNotice('formulas')
    if (type === null) onNotice('formulas-without-result')
  }
  if (/^(#N\/A|#REF!|#VALUE!|#NAME\?|#DIV\/0!|Err:\d+)$/.test(shown)) {
    onNotice('errors')
    return '#N/A'
  }
  if (type === 'date') return dateOf(attributeOf(cell, 'date-value') ?? '', shown)
  if (type === 'boolean') return attributeOf(cell, 'boolean-value') === 'true' ? '是' : '否'
  if (type === 'float' || type === 'percentage' || type === 'currency') {
    const number = Number(attributeOf(cell, 'value'))
    // 3号 and 0302 are what people see of 3 and 302.
    const isWords =
      type === 'float' && /^\D{0,8}\d+\D{0,8}$/.test(shown) && /[^\d.,-]|^0\d/.test(shown)
    if (isWords && Number(/\d+/.exec(shown)?.[0]) === number) return shown
    return Number.isFinite(number) ? number : shown === '' ? null : shown
  }
  return shown === '' ? null : shown
}

/** `1990-01-01` or `1990-01-01T00:00:00`. */
function dateOf(iso: string, shown: string): Cell {
  const days = Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / 86_400_000
  if (Number.isNaN(days)) return shown === '' ? null : shown
  const parts = shown.split(/\D+/).filter(Boolean).length
  const hasYear = /\d{4}/.test(shown) || parts >= 3
  return {
    serial: days + serial1970,
    shown: parts >= 3 || parts === 0 ? 'day' : hasYear ? 'year-month' : 'month-day',
  }
}
