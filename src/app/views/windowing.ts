/** Which rows of a long table are drawn, and where a key leads in it. */

/** Rows drawn above and below what is seen, so that a fling finds them there. */
const beyond = 6

export interface Window {
  /** First row drawn, and the one after the last. */
  readonly from: number
  readonly to: number
}

/** In steps of some rows, so that a scroll draws anew only now and then. */
export function windowOf(scrollTop: number, height: number, row: number, count: number): Window {
  const step = 4
  const first = Math.floor(Math.max(0, scrollTop) / row / step) * step
  const seen = Math.ceil(height / row)
  const from = Math.max(0, Math.min(first - beyond, count - 1))
  return { from, to: Math.min(count, first + seen + step + beyond) }
}

export interface Cell {
  readonly row: number
  readonly column: number
}

/**
 * Where a key leads from a cell of `rows` × `columns`; null where it is none of the table's. Home and End go along the
 * row, with Ctrl to the corners; `page` is how many rows are seen.
 */
export function cellAfterKey(
  key: string,
  isCtrl: boolean,
  { row, column }: Cell,
  {
    rows,
    columns,
    page,
  }: { readonly rows: number; readonly columns: number; readonly page: number },
): Cell | null {
  const to = (nextRow: number, nextColumn: number): Cell => ({
    row: Math.max(0, Math.min(nextRow, rows - 1)),
    column: Math.max(0, Math.min(nextColumn, columns - 1)),
  })
  const last = { row: rows - 1, column: columns - 1 }
  switch (key) {
    case 'ArrowDown':
      return to(row + 1, column)
    case 'ArrowUp':
      return to(row - 1, column)
    case 'ArrowRight':
      return to(row, column + 1)
    case 'ArrowLeft':
      return to(row, column - 1)
    case 'PageDown':
      return to(row + page, column)
    case 'PageUp':
      return to(row - page, column)
    case 'Home':
      return isCtrl ? to(0, 0) : to(row, 0)
    case 'End':
      return isCtrl ? to(last.row, last.column) : to(row, last.column)
    default:
      return null
  }
}
