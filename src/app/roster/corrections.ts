/** What somebody corrected about the columns of rosters, kept for the next one with the same names. */
import type { RosterField } from '#domain/roster/fields.ts'
import { columnKey, type Column, type Table } from '#domain/roster/find-header.ts'

/** Field by column name; '' where the column is not taken. */
export type Corrections = Readonly<Record<string, RosterField | ''>>

export function hasName({ columns }: Table): boolean {
  return columns.some(({ field }) => field === 'name')
}

export function corrected(columns: readonly Column[], corrections: Corrections): readonly Column[] {
  const known = columns.map((column) => {
    const correction = corrections[columnKey(column)]
    if (correction === undefined) return column
    return { ...column, field: correction === '' ? null : correction, confidence: 'sure' as const }
  })
  const fixed = new Set(
    known.flatMap((column) =>
      columnKey(column) in corrections && column.field ? [column.field] : [],
    ),
  )
  return known.map((column) =>
    !(columnKey(column) in corrections) && column.field !== null && fixed.has(column.field)
      ? { ...column, field: null }
      : column,
  )
}
