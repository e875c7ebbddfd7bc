/** What a table shows, as an answer to what was asked for. */
export interface RowGroup {
  readonly key: string
  readonly ids: readonly string[]
}

export interface SheetAnswer {
  /** Ids of the rows in order. */
  readonly ids: readonly string[]
  /** How many there are without filter and search, of those who are there or gone as the filter has it. */
  readonly total: number
  /** Null where no groups were asked for. A row may stand in several. */
  readonly groups: readonly RowGroup[] | null
}
