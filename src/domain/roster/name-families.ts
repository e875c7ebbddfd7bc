/** Which rows are one household where some leave its number blank: a merged cell that a program took apart. */
import type { RosterRow } from './row.ts'

/**
 * A row that names its head and no number of the household belongs to the household whose number stands beside that head
 * in another row. A head with two numbers leads to neither.
 */
export function nameFamilies(rows: readonly RosterRow[]): readonly RosterRow[] {
  const byHead = new Map<string, string | null>()
  for (const { family, head } of rows) {
    if (family === null || head === null || family === head) continue
    const known = byHead.get(head)
    byHead.set(head, known === undefined || known === family ? family : null)
  }
  if (byHead.size === 0) return rows
  return rows.map((row) => {
    const isByHead = row.head !== null && row.family === row.head
    const family = isByHead ? byHead.get(row.head ?? '') : null
    return family ? { ...row, family } : row
  })
}
