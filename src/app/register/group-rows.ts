/** The rows of a table in groups of one column, each with its rows in their order. */
import type { SheetColumn } from '#domain/sheet-columns.ts'
import { compareGroups, groupsOf } from '#domain/sheet-groups.ts'
import type { RowGroup } from './sheet-answer.ts'
import type { Row } from './sheet-rows.ts'
import { sparing, type Rest } from './slices.ts'

/** Null where nobody wants them any more. */
export async function groupRows(
  ids: readonly string[],
  column: SheetColumn,
  rowOf: (id: string) => Row | undefined,
  rest: Rest,
): Promise<readonly RowGroup[] | null> {
  const groups = new Map<string, string[]>()
  const now = sparing(rest)
  for (const id of ids) {
    const turn = now()
    if (turn && (await turn)) return null
    const row = rowOf(id)
    for (const key of row ? groupsOf(column, row) : []) {
      const known = groups.get(key)
      if (known) known.push(id)
      else groups.set(key, [id])
    }
  }
  const compare = compareGroups(column)
  return [...groups]
    .sort(([a, one], [b, other]) => compare([a, one.length], [b, other.length]))
    .map(([key, members]) => ({ key, ids: members }))
}
