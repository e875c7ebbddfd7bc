/** How a person has a table before them: its columns, order, filter and search, and the view that it began as. */
import { columnsOf, isSheet, pickColumns, usualColumns } from '#domain/door-columns.ts'
import type { SheetColumn } from '#domain/sheet-columns.ts'
import { isGroupable } from '#domain/sheet-groups.ts'
import type { SheetFilter } from '#domain/sheet-filter.ts'
import { sheets, type Sheet } from '#domain/sheet.ts'
import type { SheetSort, View } from '#domain/view.ts'
import type { Rec } from '#app/register/register.ts'

/** Of one sheet; each has its own. */
export interface SheetState {
  readonly columns: readonly string[]
  readonly sort: SheetSort | null
  readonly filter: SheetFilter
  /** Key of the column whose values the rows stand in groups of; absent in what an older version kept. */
  readonly group?: string | null
  /** Id of the saved view that it began as. */
  readonly view: string | null
}

export interface TableState {
  readonly sheet: Sheet
  readonly of: Readonly<Record<Sheet, SheetState>>
}

/** Sealed with the account's drafts, so that a table stands as it was left. */
export const tableKey = 'table'

export function freshState(sheet: Sheet): SheetState {
  return { columns: usualColumns(sheet), sort: null, filter: {}, view: null }
}

export function freshTable(): TableState {
  return {
    sheet: 'residents',
    of: {
      residents: freshState('residents'),
      households: freshState('households'),
      dwellings: freshState('dwellings'),
    },
  }
}

/** What a draft kept, as far as this version understands it: a stored column may have gone. */
export function restored(kept: unknown): TableState {
  const fresh = freshTable()
  if (typeof kept !== 'object' || kept === null) return fresh
  const { sheet, of } = kept as Partial<TableState>
  const states = Object.fromEntries(
    sheets.map((name) => {
      const state = of?.[name]
      const isWhole = state && Array.isArray(state.columns) && typeof state.filter === 'object'
      return [name, isWhole && pickColumns(name, state.columns).length > 0 ? state : fresh.of[name]]
    }),
  ) as Record<Sheet, SheetState>
  return { sheet: isSheet(sheet) ? sheet : fresh.sheet, of: states }
}

/** The column that it is sorted by; one that is not shown may sort as well. */
export function sortOf(
  sheet: Sheet,
  sort: SheetSort | null,
): { readonly column: SheetColumn; readonly descending: boolean } | null {
  const column = sort && columnsOf(sheet).find(({ key }) => key === sort.column)
  return column ? { column, descending: sort.descending === true } : null
}

/** The column that it is grouped by; of a newer version's none. */
export function groupOf(sheet: Sheet, key: string | null | undefined): SheetColumn | null {
  const column = columnsOf(sheet).find((one) => one.key === key)
  return column && isGroupable(column) ? column : null
}

/** First tap upwards, second downwards, third back to walking order. */
export function nextSort(sort: SheetSort | null, column: string): SheetSort | null {
  if (sort?.column !== column) return { column, descending: false }
  return sort.descending ? null : { column, descending: true }
}

export function viewToState({ id, fields }: Rec<'view'>): SheetState {
  return {
    columns: fields.columns,
    sort: fields.sort ?? null,
    filter: fields.filter ?? {},
    group: fields.group ?? null,
    view: id,
  }
}

/** What a view keeps of a table. */
export function stateToView(
  sheet: Sheet,
  state: SheetState,
): Pick<View, 'sheet' | 'columns' | 'sort' | 'filter' | 'group'> {
  return {
    sheet,
    columns: [...state.columns],
    sort: state.sort,
    filter: tidyFilter(state.filter),
    group: state.group ?? null,
  }
}

/** Without the questions that ask nothing. */
export function tidyFilter(filter: SheetFilter): SheetFilter {
  return Object.fromEntries(
    Object.entries(filter).filter(([, value]) =>
      Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined,
    ),
  )
}

/** True where the table has been changed since its view was chosen. */
export function differsFromView(sheet: Sheet, state: SheetState, view: Rec<'view'>): boolean {
  const kept = stateToView(sheet, viewToState(view))
  return JSON.stringify(sorted(kept)) !== JSON.stringify(sorted(stateToView(sheet, state)))
}

/** The order in which a filter was put together says nothing. */
function sorted(view: ReturnType<typeof stateToView>) {
  const filter = Object.entries(view.filter ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  return { ...view, filter, sort: view.sort ?? null }
}
