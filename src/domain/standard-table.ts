/**
 * A table in the form in which one system gives it to another: the standard's terms, the code beside the label, days as
 * YYYYMMDD, everything as text. What may stand in it and under which mask is the columns' own, as in a workbook.
 */
import { codeTables, type CodeTable } from './code-tables.ts'
import type { Day } from './day.ts'
import {
  between,
  cellText,
  type SheetColumn,
  type SheetRow,
  type SheetWords,
} from './sheet-columns.ts'
import type { Sheet } from './sheet.ts'
import { standard, standardTerm } from './standard-terms.ts'

export interface StandardColumn {
  readonly name: string
  /** Of a code: the standard that its table is of. */
  readonly table?: string
  /** Whether the name is a term of the standard. */
  readonly isTerm: boolean
  /** '' where nothing is known. */
  text(row: SheetRow, words: SheetWords, open: boolean): string
}

const divisions = 'GB/T 2260'

/** A column of codes becomes two, the code first. */
export function standardColumns(
  sheet: Sheet,
  columns: readonly SheetColumn[],
): readonly StandardColumn[] {
  return columns.flatMap((column) => {
    const term = standardTerm(sheet, column.key)
    const name = term ?? column.header
    const isTerm = term !== null
    const text: StandardColumn['text'] = (row, words, open) => {
      const said = cellText(column, row, words, open)
      return column.type === 'day' ? said.replaceAll('-', '') : said
    }
    // A division has a code alone: its name stands in the address.
    if (column.key === 'hukouDivision') {
      return [{ name: `${name}代码`, table: divisions, isTerm, text }]
    }
    if (!column.table) return [{ name, isTerm, text }]
    const own = coded(name, column.table, isTerm, (row) => codesOf(column, row))
    if (column.key !== 'residence') return own
    const consistency = (row: SheetRow) => codesOf(column, row).flatMap(consistencyOf)
    return [...coded('人户一致标识', 'household_consistent', true, consistency), ...own]
  })
}

/** Both from the same codes, so that the two never differ. */
function coded(
  name: string,
  table: CodeTable,
  isTerm: boolean,
  codes: (row: SheetRow) => readonly string[],
): StandardColumn[] {
  return [
    {
      name: `${name}代码`,
      table: codeTables[table].standard,
      isTerm,
      text: (row) => codes(row).join(between),
    },
    {
      name,
      isTerm,
      text: (row, words) =>
        codes(row)
          .map((code) => words.code(table, code))
          .join(between),
    },
  ]
}

function codesOf(column: SheetColumn, row: SheetRow): readonly string[] {
  const value = column.value(row)
  if (typeof value === 'string') return value === '' ? [] : [value]
  return Array.isArray(value) ? (value as readonly string[]) : []
}

/** 01 一致, 02 不一致; of who is elsewhere with their hukou nothing is known. */
function consistencyOf(residence: string): readonly string[] {
  if (residence === '1') return ['01']
  return residence === '2' || residence === '3' ? ['02'] : []
}

/** What stands before the rows: which standard, of which edition, by which tables, and the file's own facts. */
export interface StandardHead {
  readonly day: Day
  readonly title: string
  readonly columns: readonly StandardColumn[]
  readonly masked: boolean
  /** To whom and on which ground. */
  readonly goesTo: string
}

export function headFacts(head: StandardHead): readonly (readonly [name: string, value: string])[] {
  return [
    ['标准', standard.number],
    ['版次', standard.edition],
    ['标准名称', standard.title],
    ['名称', head.title],
    ['导出日期', head.day.replaceAll('-', '')],
    ['姓名和号码', head.masked ? '遮挡' : '完整'],
    ['去向', head.goesTo],
  ]
}

/** By the name of the column that holds the code. */
export function tablesOf(columns: readonly StandardColumn[]): Readonly<Record<string, string>> {
  return Object.fromEntries(columns.flatMap(({ name, table }) => (table ? [[name, table]] : [])))
}

/** Names that are none of the standard's. */
export function ownNames(columns: readonly StandardColumn[]): readonly string[] {
  return columns.flatMap(({ name, isTerm }) => (isTerm ? [] : [name]))
}
