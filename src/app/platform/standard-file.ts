/** Writes a table in the standard's form as CSV (RFC 4180) or JSON, slice by slice as its rows come. */
import { sheetText } from '#domain/sheet-cell.ts'
import {
  headFacts,
  ownNames,
  tablesOf,
  type StandardColumn,
  type StandardHead,
} from '#domain/standard-table.ts'
import { toGb18030 } from './gb18030.ts'

export type StandardFormat = 'csv' | 'csv-gb18030' | 'json'

export interface StandardWriter {
  /** Cells in the order of the columns; '' where nothing is known. */
  add(rows: readonly (readonly string[])[]): void
  finish(): Promise<Blob | null>
  stop(): void
}

const types: Readonly<Record<StandardFormat, string>> = {
  csv: 'text/csv;charset=utf-8',
  'csv-gb18030': 'text/csv;charset=gb18030',
  json: 'application/json',
}

export function createStandardWriter(format: StandardFormat, head: StandardHead): StandardWriter {
  const parts: BlobPart[] = []
  const write = (text: string) => void parts.push(format === 'csv-gb18030' ? toGb18030(text) : text)
  const piece = format === 'json' ? jsonOf(head) : csvOf(head)
  // Excel takes a file without it for one of GB 18030.
  if (format === 'csv') write('\ufeff')
  write(piece.before)
  let isFirst = true
  return {
    add(rows) {
      if (rows.length === 0) return
      write((isFirst ? '' : piece.between) + rows.map(piece.row).join(piece.between))
      isFirst = false
    },
    finish() {
      write(piece.after)
      return Promise.resolve(new Blob(parts, { type: types[format] }))
    },
    stop: () => void parts.splice(0),
  }
}

interface Piece {
  readonly before: string
  readonly between: string
  readonly after: string
  row(cells: readonly string[]): string
}

const line = '\r\n'

/** A first line with what the file is, then the names of its columns. */
function csvOf(head: StandardHead): Piece {
  const facts = headFacts(head).flat()
  const tables = Object.entries(tablesOf(head.columns)).map(([name, table]) => `${name} ${table}`)
  const own = ownNames(head.columns)
  return {
    before:
      csvRow([...facts, '代码表', tables.join('；'), '非标准列', own.join('、')]) +
      line +
      csvRow(head.columns.map(({ name }) => name)) +
      line,
    between: line,
    after: line,
    row: csvRow,
  }
}

/** The same guard against formulas as in a workbook; in quotes, so that nobody takes a number for more than its text. */
function csvRow(cells: readonly string[]): string {
  return cells
    .map((cell) => (cell === '' ? '' : `"${sheetText(cell).replaceAll('"', '""')}"`))
    .join(',')
}

/** `{"说明": {…}, "数据": [{…}, …]}`; nothing computes JSON, so its texts stand as they are. */
function jsonOf(head: StandardHead): Piece {
  const about = {
    ...Object.fromEntries(headFacts(head)),
    代码表: tablesOf(head.columns),
    非标准列: ownNames(head.columns),
  }
  return {
    before: `{"说明":${JSON.stringify(about)},"数据":[\n`,
    between: ',\n',
    after: '\n]}\n',
    row: (cells) => JSON.stringify(recordOf(head.columns, cells)),
  }
}

function recordOf(columns: readonly StandardColumn[], cells: readonly string[]) {
  return Object.fromEntries(columns.map(({ name }, at) => [name, cells[at] ?? '']))
}
