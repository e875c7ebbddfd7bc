/** How much of a table a page takes: in letters that can still be read, from the left as many columns as there is room for. */
import type { SheetColumn } from '#domain/sheet-columns.ts'

export const orientations = ['landscape', 'portrait'] as const
export type Orientation = (typeof orientations)[number]

/** A4 without its margins of 12 mm. */
const room: Readonly<Record<Orientation, number>> = { landscape: 297 - 24, portrait: 210 - 24 }
/** Smaller letters nobody reads at a door. */
const sizes = [9, 8, 7] as const
export type PaperSize = (typeof sizes)[number]
const mmOfPoint = 0.3528
/** Between two columns. */
const gap = 2

export interface PaperFit {
  /** Of letters, in points. */
  readonly size: PaperSize
  readonly columns: readonly SheetColumn[]
  /** Those for which there is no room. */
  readonly left: readonly SheetColumn[]
}

/** The first column stands on paper in any case. */
export function fitPaper(columns: readonly SheetColumn[], orientation: Orientation): PaperFit {
  const widthOf = (column: SheetColumn, size: number) => (column.width * size * mmOfPoint) / 2 + gap
  const fitting = (size: number) => {
    let sum = 0
    const over = columns.findIndex((column) => (sum += widthOf(column, size)) > room[orientation])
    return over === -1 ? columns.length : Math.max(1, over)
  }
  const size = sizes.find((one) => fitting(one) === columns.length) ?? 7
  const count = fitting(size)
  return { size, columns: columns.slice(0, count), left: columns.slice(count) }
}

/** More would be a book, and the browser would stand still while it is laid out. */
export const mostPrinted = 3_000
