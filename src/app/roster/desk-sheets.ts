/** The sheets of a roster's file as they lie on the desk: which rows of which of them are taken, and what their columns mean. */
import { findTable, type Column, type Table } from '#domain/roster/find-header.ts'
import { isFormRow, isOnePersonForm } from '#domain/roster/one-person-form.ts'
import { fillMerged, type Sheet } from '#domain/roster/sheet.ts'
import { exampleSheet } from '#domain/roster/template.ts'
import { corrected, hasName, type Corrections } from './corrections.ts'
import { FileFault } from './file-fault.ts'

export interface SheetView {
  readonly name: string
  readonly rows: number
  /** Hints, sums and repeated headers that were left out. */
  readonly dropped: number
  readonly columns: readonly Column[]
  readonly taken: boolean
  /** Nobody sees the sheet where the workbook is opened: it is not taken unless somebody says so. */
  readonly hidden: boolean
  /** Rows that nobody sees there, by hand or by a filter; no part of `rows` unless they are taken. */
  readonly hiddenRows: number
  readonly hiddenTaken: boolean
  /** A form of one person stands above: what it says of that person is not read. */
  readonly isForm: boolean
}

export interface DeskSheet {
  readonly table: Table
  readonly hidden: boolean
  readonly columns: readonly Column[]
  readonly taken: boolean
  readonly hiddenTaken: boolean
  readonly isForm: boolean
}

export const rowsTaken = ({ table, hiddenTaken }: DeskSheet) =>
  hiddenTaken ? table.rows : table.rows.filter(({ hidden }) => !hidden)

export function sheetToView(sheet: DeskSheet): SheetView {
  return {
    name: sheet.table.sheet,
    rows: rowsTaken(sheet).length,
    dropped: sheet.table.dropped,
    columns: sheet.columns,
    taken: sheet.taken,
    hidden: sheet.hidden,
    hiddenRows: sheet.table.rows.filter(({ hidden }) => hidden).length,
    hiddenTaken: sheet.hiddenTaken,
    isForm: sheet.isForm,
  }
}

/** Sheets that hold a roster, and the names of those that are forms with one person each. Throws a FileFault where none does. */
export function findSheets(
  read: readonly Sheet[],
  corrections: Corrections,
): { readonly sheets: readonly DeskSheet[]; readonly forms: readonly string[] } {
  const forms: string[] = []
  const sheets = read.flatMap((sheet): DeskSheet[] => {
    const filled = fillMerged(sheet)
    const isForm = isOnePersonForm(filled)
    const table = findTable(filled)
    const head = filled.rows.find(({ number }) => number === table?.headerRow)
    // Rows of the form itself look like a header: they name fields.
    const isAlone = isForm && (!table || !hasName(table) || !head || isFormRow(head))
    if (isAlone) forms.push(sheet.name)
    if (!table || isAlone) return []
    const hidden = sheet.hidden === true
    return [
      {
        table,
        hidden,
        columns: corrected(table.columns, corrections),
        // Below a form stand others of the household, without a door: whoever wants them says so.
        taken: !hidden && !isForm && hasName(table) && !exampleSheet.test(sheet.name),
        hiddenTaken: false,
        isForm,
      },
    ]
  })
  if (!sheets.some(({ table }) => hasName(table))) {
    throw new FileFault(forms.length > 0 ? 'forms' : 'no-table')
  }
  return { sheets, forms }
}
