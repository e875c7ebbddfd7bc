/** One sheet of a workbook, from its XML as it streams past: values only, a formula's last result in its place. */
import type { Cell, MergedRange, SheetRow } from '#domain/roster/sheet.ts'
import { FileFault, type FileNotice } from './file-fault.ts'
import { numberToCell, type NumberFormat } from './number-format.ts'
import { attributeOf, createXmlReader, decodeEscapes, type Attributes } from './xml.ts'

export interface SheetParts {
  readonly strings: readonly string[]
  /** Number formats of the cell formats, by their index. */
  readonly formats: readonly (NumberFormat | null)[]
  /** The calendar of old Macintosh files begins four years later. */
  readonly from1904: boolean
  readonly onNotice: (notice: FileNotice) => void
}

export interface SheetReader {
  push(chunk: string): void
  end(): void
  readonly rows: SheetRow[]
  readonly merged: MergedRange[]
  readonly hiddenColumns: number[]
}

/** Of all sheets of a file; a community office holds 33,000 people. */
export const mostRows = 200_000
export const mostColumns = 400

export function createSheetReader({
  strings,
  formats,
  from1904,
  onNotice,
}: SheetParts): SheetReader {
  const rows: SheetRow[] = []
  const merged: MergedRange[] = []
  const hiddenColumns: number[] = []
  let rowNumber = 0
  let cells: Cell[] = []
  let isFilled = false
  let isHidden = false
  let column = 0
  let cellAttributes: Attributes = {}
  let hasFormula = false
  let value: string | null = null
  let isCollecting = false

  const endCell = () => {
    if (value === null) {
      if (hasFormula) onNotice('formulas-without-result')
      return
    }
    const cell = toCell(decodeEscapes(value))
    if (cell === null || column >= mostColumns) return
    while (cells.length < column) cells.push(null)
    cells[column] = cell
    isFilled = true
  }
  const toCell = (text: string): Cell => {
    const format = formats[Number(attributeOf(cellAttributes, 's') ?? -1)] ?? null
    switch (attributeOf(cellAttributes, 't') ?? '') {
      case 's': {
        const shared = strings[Number(text)]
        // A text that is asked for and not there: the cell would be blank without a word.
        if (shared === undefined) throw new FileFault('damaged')
        return emptyToNull(shared)
      }
      case 'inlineStr':
      case 'str':
        return emptyToNull(text)
      case 'b':
        return /^(1|true)$/.test(text.trim()) ? '是' : '否'
      case 'e':
        onNotice('errors')
        return emptyToNull(text)
      case 'd':
        return isoToCell(text, format)
      default: {
        const number = Number(text)
        if (text.trim() === '' || !Number.isFinite(number)) return emptyToNull(text)
        return numberToCell(number, format, from1904)
      }
    }
  }
  const reader = createXmlReader({
    open(name, attributes) {
      if (name === 'c') {
        const at = attributeOf(attributes, 'r')
        column = at === null ? column + 1 : columnOf(at)
        // Of a million styled and empty cells nothing more is asked.
        cellAttributes = attributes
        hasFormula = false
        value = null
      } else if (name === 'v' || name === 't') {
        isCollecting = true
        if (name === 'v') value = ''
      } else if (name === 'is') value = ''
      else if (name === 'f') {
        hasFormula = true
        onNotice('formulas')
      } else if (name === 'row') {
        rowNumber = Number(attributeOf(attributes, 'r') ?? rowNumber + 1)
        cells = []
        isFilled = false
        isHidden = isOn(attributes, 'hidden') || Number(attributeOf(attributes, 'ht') ?? 1) === 0
        column = -1
      } else if (name === 'col') {
        if (isOn(attributes, 'hidden') || Number(attributeOf(attributes, 'width') ?? 1) === 0) {
          const [first, last] = ['min', 'max'].map((end) => Number(attributeOf(attributes, end)))
          for (let at = first ?? 1; at <= Math.min(last ?? 0, mostColumns); at += 1) {
            hiddenColumns.push(at - 1)
          }
        }
      } else if (name === 'mergeCell') {
        const range = rangeOf(attributeOf(attributes, 'ref') ?? '')
        if (range) merged.push(range)
      } else if (name === 'rPh') isCollecting = false
    },
    close(name) {
      if (name === 'v' || name === 't') isCollecting = false
      else if (name === 'c') endCell()
      else if (name === 'row' && isFilled) {
        if (rows.length >= mostRows) throw new FileFault('too-many-rows')
        rows.push({ number: rowNumber, cells, ...(isHidden ? { hidden: true } : {}) })
      }
    },
    text(text) {
      if (isCollecting && value !== null) value += text
    },
  })
  return { ...reader, rows, merged, hiddenColumns }
}

function isOn(attributes: Attributes, name: string): boolean {
  return /^(1|true)$/.test(attributeOf(attributes, name) ?? '')
}

/** Writers that follow ISO 29500 strictly put days as `1990-01-01T00:00:00`. */
function isoToCell(text: string, format: NumberFormat | null): Cell {
  const days = Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / 86_400_000
  if (Number.isNaN(days)) return emptyToNull(text)
  const day: NumberFormat = { kind: 'date', shown: 'day' }
  return numberToCell(days + serial1970, format?.kind === 'date' ? format : day, false)
}

function emptyToNull(text: string): string | null {
  return text === '' ? null : text
}

/** The spreadsheets' number of 1970-01-01. */
export const serial1970 = 25_569

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
