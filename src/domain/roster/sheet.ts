/** A roster as it comes: sheets of cells, before anybody knows what its columns mean. */
import { numberToDay } from '../day.ts'
import { cleanLines, plainText } from '../text.ts'

/** Text and numbers as they stand in the file; null where nothing stands. */
export type Cell = string | number | DateCell | null

/**
 * A number that the spreadsheet shows as a date. Whether it is a day, or a door such as 3-2 that the spreadsheet took for
 * one, is for the meaning of its column to say.
 */
export interface DateCell {
  /** Days since 1899-12-30, whichever calendar the file counts in; the fraction is the time of day. */
  readonly serial: number
  readonly shown: ShownDate
}

/** Which parts of it the spreadsheet shows. */
export type ShownDate = 'day' | 'month-day' | 'year-month'

export interface SheetRow {
  /** As the spreadsheet numbers it, from 1. */
  readonly number: number
  readonly cells: readonly Cell[]
  /** By hand or by a filter. */
  readonly hidden?: true
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
  /** Nobody sees it where the workbook is opened. */
  readonly hidden?: true
  /** Columns that nobody sees, from 0. */
  readonly hiddenColumns?: readonly number[]
  /** The calendar of old Macintosh files begins four years later: a plain number of a day counts from there. */
  readonly from1904?: true
}

/** The days on which the calendars of all spreadsheets agree, to 2199-12-31. */
const [earliestSerial, latestSerial] = [61, 109_574]
/** Days of the spreadsheets' calendar at 1970-01-01. */
const serial1970 = 25_569

/** `YYYY-MM-DD`; null where the spreadsheet's calendar has no such day. */
export function serialToDay(serial: number): string | null {
  if (!(serial >= earliestSerial && serial < latestSerial + 1)) return null
  return numberToDay(Math.floor(serial) - serial1970)
}

/**
 * A cell as text: a whole number without a point or an exponent as far as it is exact, a date as it is shown, and without
 * the apostrophe that keeps a spreadsheet from computing a text (see `sheetText`).
 */
export function cellToText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'string') return plainText(cell).replace(/^' ?/, '')
  if (typeof cell === 'number') return numberToText(cell)
  const day = serialToDay(cell.serial)
  if (day === null) return numberToText(cell.serial)
  const [year = '', month = '', date = ''] = day.split('-')
  if (cell.shown === 'day') return day
  const [inMonth, onDate] = [String(Number(month)), String(Number(date))]
  return cell.shown === 'month-day' ? `${inMonth}月${onDate}日` : `${year}年${inMonth}月`
}

/** A cell whose words are kept as they are, in its lines: a note, an address, a workplace. */
export function cellToWords(cell: Cell | undefined): string {
  return typeof cell === 'string' ? cleanLines(cell).replace(/^'\s*/, '') : cellToText(cell)
}

/** 3-2 became the third of March: what was typed, where a column holds no days. Every other cell as `cellToText`. */
export function cellToDoorText(cell: Cell | undefined): string {
  const isDate = typeof cell === 'object' && cell !== null
  const day = isDate ? serialToDay(cell.serial) : null
  if (day === null) return cellToText(cell)
  const [, month, date] = day.split('-')
  return `${Number(month)}-${Number(date)}`
}

function numberToText(number: number): string {
  return Number.isSafeInteger(number) ? number.toFixed(0) : String(number)
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
])

/** What a formula leaves that could not be worked out. */
const error = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)$/

/** `#GETTING_DATA` */
const longestNothing = 13

export function isNothing(text: string): boolean {
  if (text === '') return true
  if (text.length > longestNothing) return false
  const plain = text.toUpperCase()
  return nothing.has(plain) || error.test(plain)
}

/**
 * Merged cells filled downwards and to the right: a household that is told apart by one merged cell has it in each of
 * its rows. Only in rows that hold something of their own.
 */
export function fillMerged(sheet: Sheet): Sheet {
  const { rows, merged } = sheet
  if (merged.length === 0) return sheet
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
    ...sheet,
    rows: rows.map((row) => {
      const cells = filled.get(row.number)
      return cells ? { ...row, cells } : row
    }),
  }
}

/** No household is larger, and no table wider. */
const largestMerge = 2_000
const widestMerge = 200
