/**
 * Workbooks that are rare today, read by SheetJS: `.xls` of Excel and WPS (BIFF), XML of 2003, and `.xlsb`. The library is
 * large and comes when the first such file does.
 */
import { CFB, read, set_cptable, type CellObject, type WorkBook, type WorkSheet } from '@e965/xlsx'
import type { Cell, Sheet, SheetRow } from '#domain/roster/sheet.ts'
import { FileFault, type FileNotice } from './file-fault.ts'
import { formatOf, numberToCell, type NumberFormat } from './number-format.ts'
import { mostRows } from './sheet-xml.ts'
import type { Archive } from './zip.ts'

/** Names of code pages as browsers know them; files of before 1997 say by number how their letters are written. */
const encodings = new Map([
  [936, 'gb18030'],
  [950, 'big5'],
  [1200, 'utf-16le'],
  [65001, 'utf-8'],
])
set_cptable({
  utils: {
    decode: (page: number, bytes: ArrayLike<number>) =>
      new TextDecoder(encodings.get(page) ?? 'windows-1252').decode(Uint8Array.from(bytes)),
  },
})

/** Of a file that is not packed: what is in it is no more than its size. Throws a FileFault. */
export function readOtherBook(
  bytes: Uint8Array,
  onNotice: (notice: FileNotice) => void,
): readonly Sheet[] {
  if (holdsMacros(bytes)) onNotice('macros')
  return bookToSheets(readBook(bytes), onNotice)
}

/** The library unpacks everything at once. */
const mostUnpacked = 200 * 1024 * 1024

/** `.xlsb`. Throws a FileFault. */
export function readBinaryArchive(
  archive: Archive,
  bytes: Uint8Array,
  onNotice: (notice: FileNotice) => void,
): readonly Sheet[] {
  let size = 0
  for (const name of archive.names) {
    for (const piece of archive.read(name) ?? []) {
      size += piece.byteLength
      if (size > mostUnpacked) throw new FileFault('too-much-inside')
    }
  }
  if (archive.names.some((name) => /vbaProject\.bin$/i.test(name))) onNotice('macros')
  return bookToSheets(readBook(bytes), onNotice)
}

function readBook(bytes: Uint8Array): WorkBook {
  try {
    return read(bytes, {
      type: 'array',
      dense: true,
      cellStyles: true,
      cellNF: true,
      cellText: false,
      cellHTML: false,
      sheetRows: mostRows + 1,
    })
  } catch (error) {
    const isLocked = error instanceof Error && /password|encrypt/i.test(error.message)
    throw new FileFault(isLocked ? 'encrypted' : 'damaged', error)
  }
}

/** The container of the old format (MS-CFB), for which the library has no types. */
const containers = CFB as {
  read(bytes: Uint8Array, options: object): { readonly FullPaths: readonly string[] }
}

function holdsMacros(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0xd0) return false
  try {
    const { FullPaths } = containers.read(bytes, { type: 'array' })
    return FullPaths.some((path) => /_VBA_PROJECT/i.test(path))
  } catch (error) {
    throw new FileFault('damaged', error)
  }
}

function bookToSheets(book: WorkBook, onNotice: (notice: FileNotice) => void): Sheet[] {
  const from1904 = book.Workbook?.WBProps?.date1904 === true
  let total = 0
  return book.SheetNames.flatMap((name, index) => {
    const sheet = book.Sheets[name]
    if (!sheet) throw new FileFault('damaged')
    // Charts and macros have sheets of their own.
    if (sheet['!type'] && (sheet['!type'] as string) !== 'sheet') return []
    const rows = rowsOf(sheet, from1904, onNotice)
    total += rows.length
    if (total > mostRows) throw new FileFault('too-many-rows')
    const isHidden = Boolean(book.Workbook?.Sheets?.[index]?.Hidden)
    return {
      name,
      rows,
      merged: (sheet['!merges'] ?? []).map(({ s, e }) => ({
        top: s.r,
        left: s.c,
        bottom: e.r,
        right: e.c,
      })),
      hiddenColumns: (sheet['!cols'] ?? []).flatMap((column, at) => (column?.hidden ? [at] : [])),
      ...(isHidden ? { hidden: true as const } : {}),
      ...(from1904 ? { from1904: true as const } : {}),
    }
  })
}

function rowsOf(
  sheet: WorkSheet,
  from1904: boolean,
  onNotice: (notice: FileNotice) => void,
): SheetRow[] {
  const rows: SheetRow[] = []
  const lines = (sheet['!data'] ?? []) as readonly (readonly CellObject[] | undefined)[]
  for (const [at, line] of lines.entries()) {
    if (!line) continue
    const cells: Cell[] = []
    for (const [column, found] of line.entries()) {
      const cell = found ? toCell(found, from1904, onNotice) : null
      if (cell === null) continue
      while (cells.length < column) cells.push(null)
      cells[column] = cell
    }
    if (cells.length === 0) continue
    const isHidden = sheet['!rows']?.[at]?.hidden === true
    rows.push({ number: at + 1, cells, ...(isHidden ? { hidden: true } : {}) })
  }
  return rows
}

function toCell(
  { t: type, v: value, f: formula, z: format, w: shown }: CellObject,
  from1904: boolean,
  onNotice: (notice: FileNotice) => void,
): Cell {
  if (formula !== undefined) onNotice('formulas')
  if (type === 'e') {
    onNotice('errors')
    return shown ?? '#N/A'
  }
  if (type === 'z' || value === undefined || value === null) {
    if (formula !== undefined) onNotice('formulas-without-result')
    return null
  }
  if (typeof value === 'number') return numberToCell(value, formatNamed(format), from1904)
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  return value === '' ? null : value
}

const formats = new Map<string, NumberFormat | null>()

function formatNamed(code: string | number | undefined): NumberFormat | null {
  if (typeof code !== 'string') return null
  const known = formats.get(code)
  if (known !== undefined) return known
  const made = formatOf(code)
  formats.set(code, made)
  return made
}
