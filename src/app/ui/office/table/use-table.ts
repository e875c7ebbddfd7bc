import { useRef, useState } from 'preact/hooks'
import type { Sheet } from '#domain/sheet.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { restored, tableKey, type SheetState, type TableState } from '#app/views/table-state.ts'

export interface Table {
  readonly sheet: Sheet
  readonly state: SheetState
  show(sheet: Sheet): void
  change(part: Partial<SheetState>): void
  /** Another table as a saved view has it. */
  take(sheet: Sheet, state: SheetState): void
}

/** The table as it was left, sealed with the account's drafts. What is searched for is not kept. */
export function useTable(): Table {
  const app = useParts('drafts')
  const [table, setTable] = useState<TableState>(() => restored(app.drafts.get(tableKey)))
  // Two changes may come before the next drawing.
  const latest = useRef(table)
  const set = (next: TableState) => {
    latest.current = next
    setTable(next)
    app.drafts.set(tableKey, next)
  }
  const put = (sheet: Sheet, state: SheetState) =>
    set({ sheet, of: { ...latest.current.of, [sheet]: state } })
  return {
    sheet: table.sheet,
    state: table.of[table.sheet],
    show: (sheet) => set({ ...latest.current, sheet }),
    change(part) {
      const { sheet, of } = latest.current
      put(sheet, { ...of[sheet], ...part })
    },
    take: put,
  }
}
