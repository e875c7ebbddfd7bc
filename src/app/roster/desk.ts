/**
 * The desk at which a roster lies: the file's sheets, what their columns mean, how each row compares with the register,
 * and what was decided about it. It stands in the worker thread and hands out no more than a screen shows at a time.
 */
import type { Day } from '#domain/day.ts'
import { findAbsent, withAbsent, type Absent, type AbsentAnswer } from '#domain/roster/absent.ts'
import { mostInPart, type ImportItem } from '#domain/import.ts'
import {
  createComparison,
  named,
  type Choice,
  type Compared,
  type Comparison,
  type Doubt,
} from '#domain/roster/compare.ts'
import type { RosterField } from '#domain/roster/fields.ts'
import { choiceOf, planImport, type ImportPlan, type Taking } from '#domain/roster/plan-import.ts'
import { mappingOf, readRow } from '#domain/roster/read-rows.ts'
import {
  createRegisterIndex,
  type GridPlace,
  type HeldRecord,
  type RegisterIndex,
} from '#domain/roster/register-index.ts'
import { noAnswers, type Answer, type Answers } from '#domain/roster/questions.ts'
import type { DivisionSuggestion } from '#domain/roster/read-division.ts'
import type { RosterRow } from '#domain/roster/row.ts'
import type { AbsentPeople, AbsentTally } from './absent-views.ts'
import { compareAgain } from './answering.ts'
import type { Corrections } from './corrections.ts'
import {
  findSheets,
  rowsTaken,
  sheetToView,
  type DeskSheet,
  type SheetView,
} from './desk-sheets.ts'
import { from1904 } from './from-1904.ts'
import { divisionReader, divisionsBelow } from './divisions.ts'
import { FileFault, type FileNotice, type FileTrouble } from './file-fault.ts'
import { newPlacesOf, type NewPlace } from './new-places.ts'
import {
  tallyQuestions,
  viewQuestions,
  type Questions,
  type QuestionTally,
  type QuestionView,
} from './question-views.ts'
import { readFile } from './read-file.ts'
import { rowToView, tallyOf, type Filter, type RowView, type Tally } from './views.ts'
import { writeReport, type ReportWords } from './report.ts'
import { writeReturns, type ReturnWords } from './returns.ts'
import {
  othersOf,
  rowsByNumber,
  rowToDetail,
  type RowDetail,
  type RowsByNumber,
} from './row-detail.ts'

export type Opened =
  | {
      readonly ok: true
      readonly sheets: readonly SheetView[]
      readonly notices: readonly FileNotice[]
      /** Names of sheets that were left out, since they are forms with one person each. */
      readonly forms: readonly string[]
    }
  | { readonly ok: false; readonly trouble: FileTrouble }

export interface ComparingWith {
  readonly today: Day
  readonly grids: readonly GridPlace[]
  readonly homeGrid: string | null
}

export interface Planned {
  readonly plan: Omit<ImportPlan, 'items'> & { readonly absent: AbsentTally }
  /** Buildings and rooms that would be made. */
  readonly places: readonly NewPlace[]
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
  /** Whether the rows of a sheet that are hidden are taken too. */
  setHiddenTaken(sheet: number, taken: boolean): Promise<readonly SheetView[]>
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
  /** What the roster leaves open, asked once for all rows that say the same; also what is answered already. */
  questions(from: number, count: number): Promise<Questions>
  questionTally(): Promise<QuestionTally>
  /**
   * By the question's key; its rows are held against the register again. An answer of null takes the answer back. Null
   * where it was stopped: everything is as before.
   */
  answer(key: string, answer: Answer | null): Promise<Tally | null>
  /** Provinces, or what lies in a province or city (six digits of GB/T 2260), to choose a hukou from. */
  divisions(above: string | null): Promise<readonly DivisionSuggestion[]>
  /** A row beside its cells, and beside the rows that it clashes with. */
  row(at: number): Promise<RowDetail>
  /** Who is in the register and not in the roster, at the doors that it covers. */
  absent(from: number, count: number): Promise<AbsentPeople>
  absentTally(): Promise<AbsentTally>
  /** `person` null: all who have no answer yet; with `answer` null too: every answer is taken back. */
  answerAbsent(person: string | null, answer: AbsentAnswer | null): Promise<AbsentTally>
  plan(): Promise<Planned>
  part(index: number): Promise<readonly ImportItem[]>
  /** A workbook of the rows that were not taken because they are wrong, each with its reason. */
  returns(words: ReturnWords): Promise<Uint8Array<ArrayBuffer>>
  /** What became of each row, as a workbook to keep. */
  report(words: ReportWords): Promise<Uint8Array<ArrayBuffer>>
  stop(): Promise<void>
}

export interface DeskParts {
  readonly newId: (stream: string) => string
  /** Lets messages in between two slices of work. */
  readonly breathe: () => Promise<void>
  readonly onProgress: (done: number, total: number | null) => void
}

/** So many rows between two breaths. */
const slice = 500

class Stopped extends Error {}

/** Long: the steps of an import in their order over one roster, which lies in this thread alone. */
export function createDesk({ newId, breathe, onProgress }: DeskParts): Desk {
  let sheets: readonly DeskSheet[] = []
  let index: RegisterIndex = createRegisterIndex([])
  let today: Day = ''
  let compared: Compared[] = []
  let comparison: Comparison = createComparison([], { index, today, homeGrid: null })
  let answers: Answers = noAnswers
  let questions: readonly QuestionView[] = []
  let taking: Taking = { news: true, fills: true, overwrites: false, decided: new Map() }
  let byNumber: RowsByNumber = new Map()
  let absent: readonly Absent[] = []
  let absentAnswers: ReadonlyMap<string, AbsentAnswer> = new Map()
  let items: readonly ImportItem[] = []
  let isStopped = false

  const pause = async (done: number, total: number | null) => {
    onProgress(done, total)
    await breathe()
    if (isStopped) throw new Stopped()
  }
  const viewSheets = () => sheets.map(sheetToView)
  const change = (at: number, changed: Partial<DeskSheet>) => {
    sheets = sheets.map((sheet, index) => (index === at ? { ...sheet, ...changed } : sheet))
    return Promise.resolve(viewSheets())
  }
  const tally = () => tallyOf(compared, taking)
  const absentTally = (): AbsentTally => {
    const count = { left: 0, ask: 0, stay: 0 }
    for (const answer of absentAnswers.values()) count[answer] += 1
    return { total: absent.length, ...count }
  }
  /** Where a compared row stands in the file. */
  const sourceOf = (at: number) => {
    const row = compared[at]?.row
    const sheet = sheets.find(({ table, taken }) => taken && table.sheet === row?.sheet)
    const found = sheet?.table.rows.find(({ number }) => number === row?.number)
    return sheet && found ? { columns: sheet.columns, row: found } : null
  }

  return {
    async open(file, corrections) {
      isStopped = false
      sheets = []
      compared = []
      answers = noAnswers
      try {
        let told = 0
        const read = await readFile(file, async (rows) => {
          if (rows - told < slice) return
          told = rows
          await pause(rows, null)
        })
        const { sheets: found, forms } = findSheets(read.sheets, corrections)
        sheets = found
        return { ok: true, sheets: viewSheets(), notices: read.notices, forms }
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
    setHiddenTaken: (at, hiddenTaken) => change(at, { hiddenTaken }),
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
      const total = taken.reduce((sum, sheet) => sum + rowsTaken(sheet).length, 0)
      const steps = total * 2
      const rows: RosterRow[] = []
      const found: Compared[] = []
      try {
        for (const sheet of taken) {
          const { table, columns } = sheet
          const mapping = mappingOf({ columns })
          for (const row of rowsTaken(sheet)) {
            const cells = table.from1904 ? from1904(row, mapping) : row
            rows.push(readRow(table.sheet, cells, mapping, today, divisionReader()))
            if (rows.length % slice === 0) await pause(rows.length, steps)
          }
        }
        const { homeGrid } = comparing
        comparison = createComparison(rows, { index, today, homeGrid, answers })
        while (found.length < comparison.size) {
          found.push(comparison.compare(found.length))
          if (found.length % slice === 0) await pause(total + found.length, steps)
        }
      } catch (error) {
        if (error instanceof Stopped) return null
        throw error
      }
      compared = found
      taking = { ...taking, decided: new Map() }
      byNumber = rowsByNumber(compared)
      questions = viewQuestions(compared, answers)
      absent = findAbsent(compared, index)
      absentAnswers = new Map()
      return tally()
    },
    rows(filter, from, count) {
      const rows: RowView[] = []
      let total = 0
      for (const [at, one] of compared.entries()) {
        if (filter !== 'all' && one.verdict.status !== filter) continue
        if (total >= from && rows.length < count) {
          const others = othersOf(compared, byNumber, at).map(({ row }) => row)
          const asks = one.asks.flatMap(
            ({ key }) => questions.find(({ question }) => question.key === key) ?? [],
          )
          rows.push(rowToView(one, at, choiceOf(one, at, taking), others, asks))
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
    questions: (from, count) =>
      Promise.resolve({ total: questions.length, questions: questions.slice(from, from + count) }),
    questionTally: () => Promise.resolve(tallyQuestions(compared, questions)),
    async answer(key, answer) {
      isStopped = false
      const changed = new Map(answers)
      if (answer === null) changed.delete(key)
      else changed.set(key, answer)
      comparison.answer(changed)
      const before = { compared, decided: taking.decided }
      try {
        const again = await compareAgain(before, key, comparison, { index, today }, pause)
        compared = again.compared
        taking = { ...taking, decided: again.decided }
        answers = changed
      } catch (error) {
        comparison.answer(answers)
        if (error instanceof Stopped) return null
        throw error
      }
      questions = viewQuestions(compared, answers)
      absent = findAbsent(compared, index)
      const isAbsent = new Set(absent.map(({ person }) => person))
      absentAnswers = new Map([...absentAnswers].filter(([person]) => isAbsent.has(person)))
      return tally()
    },
    divisions: (above) => Promise.resolve(divisionsBelow(above)),
    row: (at) => Promise.resolve(rowToDetail(compared, byNumber, at, sourceOf(at))),
    absent: (from, count) =>
      Promise.resolve({
        total: absent.length,
        people: absent
          .slice(from, from + count)
          .map((one) => ({ ...one, answer: absentAnswers.get(one.person) ?? null })),
      }),
    absentTally: () => Promise.resolve(absentTally()),
    answerAbsent(person, answer) {
      const answers = new Map(absentAnswers)
      const meant = absent.filter((one) =>
        person === null ? answer === null || !answers.has(one.person) : one.person === person,
      )
      for (const one of meant) {
        if (answer === null) answers.delete(one.person)
        else answers.set(one.person, answer)
      }
      absentAnswers = answers
      return Promise.resolve(absentTally())
    },
    plan() {
      const { items: all, ...plan } = planImport(compared, taking, { index, today, newId })
      const counts = absentTally()
      items = withAbsent(all, absent, absentAnswers, { index, today })
      return Promise.resolve({
        plan: { ...plan, absent: counts, changed: plan.changed + counts.left + counts.ask },
        places: newPlacesOf(items, index),
        parts: Math.ceil(items.length / mostInPart),
      })
    },
    part: (at) => Promise.resolve(items.slice(at * mostInPart, (at + 1) * mostInPart)),
    returns: (words) =>
      writeReturns(
        sheets.filter(({ taken }) => taken).map(({ table, columns }) => ({ table, columns })),
        compared,
        words,
      ),
    report: (words) => writeReport(compared, taking, words),
    stop() {
      isStopped = true
      return Promise.resolve()
    },
  }
}
