/** One sheet of a workbook, from its XML as it streams past: values only, a formula's last result in its place. */
import { numberToDay } from '#domain/day.ts'
import type { Cell, MergedRange, SheetRow } from '#domain/roster/sheet.ts'
import { FileFault, type FileNotice } from './file-fault.ts'
import { attributeOf, createXmlReader, decodeXml, type XmlReader } from './xml.ts'

export interface SheetParts {
  readonly strings: readonly string[]
  /** Which of the cell formats are dates, by their index. */
  readonly dates: readonly boolean[]
  /** The calendar of old Macintosh files begins four years later. */
  readonly from1904: boolean
  readonly onNotice: (notice: FileNotice) => void
}

export interface SheetReader extends XmlReader {
  readonly rows: SheetRow[]
  readonly merged: MergedRange[]
}

/** Of all sheets of a file; a community office holds 33,000 people. */
export const mostRows = 200_000
const mostColumns = 400

export function createSheetReader({ strings, dates, from1904, onNotice }: SheetParts): SheetReader {
  const rows: SheetRow[] = []
  const merged: MergedRange[] = []
  let rowNumber = 0
  let cells: Cell[] = []
  let filled = false
  let column = 0
  let cellAttributes = ''
  let type = ''
  let isDate = false
  let hasFormula = false
  let value: string | null = null
  let collecting = false

  const endCell = () => {
    if (value === null) {
      if (hasFormula) onNotice('formulas-without-result')
      return
    }
    type = attributeOf(cellAttributes, 't') ?? ''
    isDate = dates[Number(attributeOf(cellAttributes, 's') ?? -1)] ?? false
    const cell = toCell(decodeXml(value))
    if (cell === null || column >= mostColumns) return
    while (cells.length < column) cells.push(null)
    cells[column] = cell
    filled = true
  }
  const toCell = (text: string): Cell => {
    switch (type) {
      case 's':
        return emptyToNull(strings[Number(text)] ?? '')
      case 'inlineStr':
      case 'str':
        return emptyToNull(text)
      case 'b':
        return text === '1' ? '是' : '否'
      case 'e':
        onNotice('errors')
        return emptyToNull(text)
      case 'd':
        return text.slice(0, 10)
      default: {
        const number = Number(text)
        if (text.trim() === '' || !Number.isFinite(number)) return emptyToNull(text)
        return isDate ? dateOf(number, from1904) : number
      }
    }
  }
  const reader = createXmlReader({
    open(name, attributes, empty) {
      if (name === 'c') {
        const at = attributeOf(attributes, 'r')
        column = at === null ? column + 1 : columnOf(at)
        // Of a million styled and empty cells nothing more is asked.
        cellAttributes = attributes
        hasFormula = false
        value = null
      } else if (name === 'v' || name === 't') {
        collecting = !empty
        if (name === 'v') value = ''
      } else if (name === 'is') value = ''
      else if (name === 'f') {
        hasFormula = true
        onNotice('formulas')
      } else if (name === 'row') {
        rowNumber = Number(attributeOf(attributes, 'r') ?? rowNumber + 1)
        cells = []
        filled = false
        column = -1
      } else if (name === 'mergeCell') {
        const range = rangeOf(attributeOf(attributes, 'ref') ?? '')
        if (range) merged.push(range)
      } else if (name === 'rPh') collecting = false
    },
    close(name) {
      if (name === 'v' || name === 't') collecting = false
      else if (name === 'c') endCell()
      else if (name === 'row' && filled) {
        if (rows.length >= mostRows) throw new FileFault('too-many-rows')
        rows.push({ number: rowNumber, cells })
      }
    },
    text(text) {
      if (collecting && value !== null) value += text
    },
  })
  return { ...reader, rows, merged }
}

function emptyToNull(text: string): string | null {
  return text === '' ? null : text
}

/** Days of the spreadsheets' calendar at 1970-01-01. */
const serial1970 = 25_569
const years1904 = 1_462

function dateOf(serial: number, from1904: boolean): Cell {
  const days = Math.floor(serial) + (from1904 ? years1904 : 0)
  // A time of day, or a number that somebody formatted as a date by mistake.
  if (days < 61 || days > 109_574) return serial
  return numberToDay(days - serial1970)
}

/** B12 → 1. */
function columnOf(reference: string): number {
  let column = 0
  for (let at = 0; at < reference.length; at += 1) {
    const letter = reference.charCodeAt(at) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  return column - 1
}

function rangeOf(reference: string): MergedRange | null {
  const [, first, top, last, bottom] = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(reference) ?? []
  if (!first || !last) return null
  return {
    top: Number(top) - 1,
    left: columnOf(first),
    bottom: Number(bottom) - 1,
    right: columnOf(last),
  }
}
