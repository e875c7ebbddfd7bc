/** An import on its way as its screens see it: how far it is, what was found, and what went wrong. */
import type { Taking } from '#domain/roster/plan-import.ts'
import type { AbsentTally } from '#app/roster/absent-views.ts'
import type { SheetView } from '#app/roster/desk-sheets.ts'
import type { Planned } from '#app/roster/desk.ts'
import type { FileNotice, FileTrouble } from '#app/roster/file-fault.ts'
import type { QuestionTally } from '#app/roster/question-views.ts'
import type { Tally } from '#app/roster/views.ts'
import type { SaveProblem } from '#app/acts/intent.ts'

export type ImportStep = 'choose' | 'columns' | 'rows' | 'written'

export interface ImportState {
  readonly step: ImportStep
  /** What is under way, in rows; `total` null where nobody knows yet. */
  readonly busy: {
    /** `saving`: the one write to this device's disk, which is whole or nothing and cannot be stopped half-way. */
    readonly doing: 'opening' | 'comparing' | 'answering' | 'writing' | 'saving' | 'returning'
    readonly done: number
    readonly total: number | null
  } | null
  readonly problem: FileTrouble | SaveProblem | 'thread' | 'nothing-taken' | null
  readonly title: string
  readonly sheets: readonly SheetView[]
  readonly notices: readonly FileNotice[]
  /** Sheets that are forms with one person each, and were not read. */
  readonly forms: readonly string[]
  readonly homeGrid: string | null
  readonly tally: Tally | null
  readonly absent: AbsentTally
  readonly questions: QuestionTally
  readonly taking: Omit<Taking, 'decided'>
  /** Counts up whenever rows look different, so that a list asks for them again. */
  readonly revision: number
  /** The import that was written last, and what it held. */
  readonly written: {
    readonly id: string
    readonly plan: Planned['plan']
    /** What became of each row, to keep; null where it could not be made. */
    readonly report: Blob | null
  } | null
}

/** Nothing chosen yet. */
export const fresh: ImportState = {
  step: 'choose',
  busy: null,
  problem: null,
  title: '',
  sheets: [],
  notices: [],
  forms: [],
  homeGrid: null,
  tally: null,
  absent: { total: 0, left: 0, ask: 0, stay: 0 },
  questions: { total: 0, open: 0, waiting: 0 },
  taking: { news: true, fills: true, overwrites: false },
  revision: 0,
  written: null,
}
