/**
 * The desk at which a roster lies: the file's sheets, what their columns mean, how each row compares with the register,
 * and what was decided about it. It stands in the worker thread and hands out no more than a screen shows at a time.
 */
import type { Day } from '#domain/day.ts'
import { mostInPart, type ImportItem } from '#domain/import.ts'
import {
  compareRows,
  named,
  type Choice,
  type Compared,
  type Doubt,
} from '#domain/roster/compare.ts'
import type { RosterField } from '#domain/roster/fields.ts'
import { findTable, type Column, type Table } from '#domain/roster/find-header.ts'
import { choiceOf, planImport, type ImportPlan, type Taking } from '#domain/roster/plan-import.ts'
import { mappingOf, readRow } from '#domain/roster/read-rows.ts'
import {
  createRegisterIndex,
  type GridPlace,
  type HeldRecord,
  type RegisterIndex,
} from '#domain/roster/register-index.ts'
import type { RosterRow } from '#domain/roster/row.ts'
import { fillMerged } from '#domain/roster/sheet.ts'
import { FileFault, type FileNotice, type FileTrouble } from './file-fault.ts'
import { readFile } from './read-file.ts'
import { rowToView, tallyOf, type Filter, type RowView, type Tally } from './views.ts'
import { writeReturns, type ReturnWords } from './returns.ts'

export interface SheetView {
  readonly name: string
  readonly rows: number
  /** Hints, sums and repeated headers that were left out. */
  readonly dropped: number
  readonly columns: readonly Column[]
  readonly taken: boolean
}

export type Opened =
  | {
      readonly ok: true
      readonly sheets: readonly SheetView[]
      readonly notices: readonly FileNotice[]
    }
  | { readonly ok: false; readonly trouble: FileTrouble }

/** Of headers that somebody corrected before: what they mean. `''`: nothing. */
export type Corrections = Readonly<Record<string, RosterField | ''>>

export interface ComparingWith {
  readonly today: Day
  readonly grids: readonly GridPlace[]
  readonly homeGrid: string | null
}

export interface Planned {
  readonly plan: Omit<ImportPlan, 'items'>
  readonly parts: number
}

export interface Rows {
  readonly total: number
  readonly rows: readonly RowView[]
}

export interface Desk {
  open(file: File, corrections: Corrections): Promise<Opened>
  /** `field` null: the column is not taken. */
  setColumn(sheet: number, column: number, field: RosterField | null): Promise<readonly SheetView[]>
  setTaken(sheet: number, taken: boolean): Promise<readonly SheetView[]>
  /** The register comes in slices, before a comparison. */
  beginRegister(grids: readonly GridPlace[]): Promise<void>
  addRegister(records: readonly HeldRecord[]): Promise<void>
  /** Null where it was stopped. */
  compare(comparing: ComparingWith): Promise<Tally | null>
  rows(filter: Filter, from: number, count: number): Promise<Rows>
  decide(at: number, choice: Choice | null): Promise<Tally>
  /** Says whom of several a row means: it is taken as that person where nothing speaks against it. */
  name(at: number, person: string | null): Promise<Tally>
  /**
   * One answer for all rows with the same doubt that are not decided yet, where it is one of theirs; null takes back
   * every answer to that doubt.
   */
  decideAll(doubt: Doubt, choice: Choice | null): Promise<Tally>
  take(taking: Omit<Taking, 'decided'>): Promise<Tally>
  plan(): Promise<Planned>
  part(index: number): Promise<readonly ImportItem[]>
  /** A workbook of the rows that were not taken because they are wrong, each with its reason. */
  returns(words: ReturnWords): Promise<Uint8Array<ArrayBuffer>>
  stop(): Promise<void>
}

export interface DeskParts {
  readonly newId: () => string
  /** Lets messages in between two slices of work. */
  readonly breathe: () => Promise<void>
  readonly onProgress: (done: number, total: number | null) => void
}

interface Sheet {
  readonly table: Table
  columns: readonly Column[]
  taken: boolean
}

/** So many rows between two breaths. */
const slice = 500

class Stopped extends Error {}

export function createDesk({ newId, breathe, onProgress }: DeskParts): Desk {
  let sheets: Sheet[] = []
  let index: RegisterIndex = createRegisterIndex([])
  let today: Day = ''
  let compared: Compared[] = []
  let taking: Taking = { news: true, fills: true, overwrites: false, decided: new Map() }
  let items: readonly ImportItem[] = []
  let isStopped = false

  const pause = async (done: number, total: number | null) => {
    onProgress(done, total)
    await breathe()
    if (isStopped) throw new Stopped()
  }
  const viewSheets = (): SheetView[] =>
    sheets.map(({ table, columns, taken }) => ({
      name: table.sheet,
      rows: table.rows.length,
      dropped: table.dropped,
      columns,
      taken,
    }))
  const change = (at: number, changed: Partial<Pick<Sheet, 'columns' | 'taken'>>) => {
    sheets = sheets.map((sheet, index) => (index === at ? { ...sheet, ...changed } : sheet))
    return Promise.resolve(viewSheets())
  }
  const tally = () => tallyOf(compared, taking)

  return {
    async open(file, corrections) {
      isStopped = false
      sheets = []
      compared = []
      try {
        let told = 0
        const read = await readFile(file, async (rows) => {
          if (rows - told < slice) return
          told = rows
          await pause(rows, null)
        })
        const tables = read.sheets.flatMap((sheet) => findTable(fillMerged(sheet)) ?? [])
        if (!tables.some(({ columns }) => columns.some(({ field }) => field === 'name'))) {
          throw new FileFault('no-table')
        }
        sheets = tables.map((table) => ({
          table,
          columns: corrected(table.columns, corrections),
          taken: table.columns.some(({ field }) => field === 'name'),
        }))
        return { ok: true, sheets: viewSheets(), notices: read.notices }
      } catch (error) {
        if (error instanceof Stopped) return { ok: false, trouble: 'empty' }
        if (error instanceof FileFault) return { ok: false, trouble: error.trouble }
        throw error
      }
    },
    setColumn(at, column, field) {
      const columns = (sheets[at]?.columns ?? []).map((one) => {
        if (one.at === column) return { ...one, field, confidence: 'sure' as const }
        // A field has one column.
        return field !== null && one.field === field ? { ...one, field: null } : one
      })
      return change(at, { columns })
    },
    setTaken: (at, taken) => change(at, { taken }),
    beginRegister(grids) {
      index = createRegisterIndex(grids)
      return Promise.resolve()
    },
    addRegister(records) {
      for (const record of records) index.add(record)
      return Promise.resolve()
    },
    async compare(comparing) {
      isStopped = false
      today = comparing.today
      const taken = sheets.filter((sheet) => sheet.taken)
      const total = taken.reduce((sum, { table }) => sum + table.rows.length, 0)
      const steps = total * 2
      const rows: RosterRow[] = []
      const found: Compared[] = []
      try {
        for (const { table, columns } of taken) {
          const mapping = mappingOf({ columns })
          for (const row of table.rows) {
            rows.push(readRow(table.sheet, row, mapping, today))
            if (rows.length % slice === 0) await pause(rows.length, steps)
          }
        }
        for (const one of compareRows(rows, { index, today, homeGrid: comparing.homeGrid })) {
          found.push(one)
          if (found.length % slice === 0) await pause(total + found.length, steps)
        }
      } catch (error) {
        if (error instanceof Stopped) return null
        throw error
      }
      compared = found
      taking = { ...taking, decided: new Map() }
      return tally()
    },
    rows(filter, from, count) {
      const rows: RowView[] = []
      let total = 0
      for (const [at, one] of compared.entries()) {
        if (filter !== 'all' && one.verdict.status !== filter) continue
        if (total >= from && rows.length < count) {
          const { verdict } = one
          const repeated = verdict.status === 'repeat' ? compared[verdict.of]?.row : undefined
          rows.push(rowToView(one, at, choiceOf(one, at, taking), repeated ?? null))
        }
        total += 1
      }
      return Promise.resolve({ total, rows })
    },
    decide(at, choice) {
      const decided = new Map(taking.decided)
      if (choice === null) decided.delete(at)
      else decided.set(at, choice)
      taking = { ...taking, decided }
      return Promise.resolve(tally())
    },
    name(at, person) {
      const one = compared[at]
      if (one) {
        const next = named(one, person, { index, today })
        compared[at] = next
        const decided = new Map(taking.decided)
        const { verdict } = next
        const isTaken =
          person !== null && verdict.status === 'doubtful' && verdict.choices.includes('same')
        if (isTaken) decided.set(at, 'same')
        else decided.delete(at)
        taking = { ...taking, decided }
      }
      return Promise.resolve(tally())
    },
    decideAll(doubt, choice) {
      const decided = new Map(taking.decided)
      for (const [at, { verdict }] of compared.entries()) {
        if (verdict.status !== 'doubtful' || verdict.doubt !== doubt) continue
        if (choice === null) decided.delete(at)
        else if (!decided.has(at) && verdict.choices.includes(choice)) decided.set(at, choice)
      }
      taking = { ...taking, decided }
      return Promise.resolve(tally())
    },
    take(wanted) {
      taking = { ...wanted, decided: taking.decided }
      return Promise.resolve(tally())
    },
    plan() {
      const { items: all, ...plan } = planImport(compared, taking, { index, today, newId })
      items = all
      return Promise.resolve({ plan, parts: Math.ceil(all.length / mostInPart) })
    },
    part: (at) => Promise.resolve(items.slice(at * mostInPart, (at + 1) * mostInPart)),
    returns: (words) =>
      writeReturns(
        sheets.filter(({ taken }) => taken).map(({ table, columns }) => ({ table, columns })),
        compared,
        words,
      ),
    stop() {
      isStopped = true
      return Promise.resolve()
    },
  }
}

function corrected(columns: readonly Column[], corrections: Corrections): readonly Column[] {
  const known = columns.map((column) => {
    const correction = corrections[column.header]
    if (correction === undefined) return column
    return { ...column, field: correction === '' ? null : correction, confidence: 'sure' as const }
  })
  const fixed = new Set(
    known.flatMap(({ header, field }) => (header in corrections && field ? [field] : [])),
  )
  return known.map((column) =>
    !(column.header in corrections) && column.field !== null && fixed.has(column.field)
      ? { ...column, field: null }
      : column,
  )
}
