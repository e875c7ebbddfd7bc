/** An import on its way: a file chosen, its columns looked over, its rows compared, some of them taken, all written. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Import, ImportItem } from '#domain/import.ts'
import type { RosterField } from '#domain/roster/fields.ts'
import type { Choice, Doubt } from '#domain/roster/compare.ts'
import { columnKey } from '#domain/roster/find-header.ts'
import type { Taking } from '#domain/roster/plan-import.ts'
import { createPause } from '#app/platform/pause.ts'
import { saveBlob } from '#app/platform/save-file.ts'
import type { AbsentPeople, AbsentTally } from '#app/roster/absent-views.ts'
import type { SheetView } from '#app/roster/desk-sheets.ts'
import type { Desk, Planned, Rows } from '#app/roster/desk.ts'
import type { AbsentAnswer } from '#domain/roster/absent.ts'
import type { Answer, DoorLevels } from '#domain/roster/questions.ts'
import type { DivisionSuggestion } from '#domain/roster/read-division.ts'
import type { Questions, QuestionTally, QuestionView } from '#app/roster/question-views.ts'
import type { ReportWords } from '#app/roster/report.ts'
import type { RowDetail } from '#app/roster/row-detail.ts'
import type { FileNotice, FileTrouble } from '#app/roster/file-fault.ts'
import type { ReturnWords } from '#app/roster/returns.ts'
import type { Viewer } from '#app/views/requests.ts'
import { openDeskThread, type DeskThread, type OpenDesk } from '#app/roster/thread.ts'
import type { DoubtTally, Filter, RowView, Tally } from '#app/roster/views.ts'
import type { ImportParts } from './import-parts.ts'
import type { Intent, SaveProblem } from '#app/acts/intent.ts'
import { fresh, type ImportState } from './import-state.ts'
import type { LedgerActs } from './ledger-import.ts'
import { saveTemplate } from './roster-template.ts'
import { sendRegister } from './register-to-desk.ts'
import {
  askUndo,
  addStreams,
  basesOf,
  correctionsKey,
  workbookType,
  type TemplateWords,
  homeOf,
  sourceOf,
  type GivenBy,
  readCorrections,
  titleOf,
} from './import-records.ts'

export type {
  AbsentAnswer,
  AbsentPeople,
  AbsentTally,
  Answer,
  Choice,
  Doubt,
  DivisionSuggestion,
  DoorLevels,
  DoubtTally,
  FileNotice,
  FileTrouble,
  Filter,
  Planned,
  Questions,
  QuestionTally,
  QuestionView,
  ReportWords,
  ReturnWords,
  RowDetail,
  RowView,
  SheetView,
  Tally,
}

export interface ImportActs {
  readonly store: StoreApi<ImportState>
  choose(file: File): Promise<void>
  setColumn(sheet: number, column: number, field: RosterField | null): Promise<void>
  setTaken(sheet: number, taken: boolean): Promise<void>
  /** Whether rows that are hidden in the spreadsheet are taken too. */
  setHiddenTaken(sheet: number, taken: boolean): Promise<void>
  setHomeGrid(grid: string | null): void
  compare(): Promise<void>
  rows(filter: Filter, from: number, count: number): Promise<Rows>
  decide(at: number, choice: Choice | null): Promise<void>
  /** Whom of several a row means. */
  name(at: number, person: string | null): Promise<void>
  /** One answer for all rows with the same doubt that have none yet; null takes all back. */
  decideAll(doubt: Doubt, choice: Choice | null): Promise<void>
  take(taking: Omit<Taking, 'decided'>): Promise<void>
  questions(from: number, count: number): Promise<Questions>
  /** By the question's key, for all its rows; null takes the answer back. */
  answer(key: string, answer: Answer | null): Promise<void>
  /** Provinces, or what lies in a province or a city. */
  divisions(above: string | null): Promise<readonly DivisionSuggestion[]>
  /** What would be written now. */
  plan(): Promise<Planned | null>
  /** A row beside its cells. */
  row(at: number): Promise<RowDetail>
  absent(from: number, count: number): Promise<AbsentPeople>
  /** `person` null: all without an answer; with `answer` null too: all are taken back. */
  answerAbsent(person: string | null, answer: AbsentAnswer | null): Promise<void>
  /** Everything in one durable write; nothing of it where that fails. `report`: the words of the report to keep. */
  write(report?: ReportWords, givenBy?: GivenBy): Promise<void>
  returns(words: ReturnWords): Promise<void>
  /** Hands over the report of the import that was written last. */
  keepReport(name: string): void
  /** Hands over an empty roster with an example, named by the words. */
  template(words: TemplateWords): Promise<void>
  backToColumns(): void
  /** Stops what is under way, with nothing written; what is being saved at that moment is saved whole. */
  stop(): void
  /** Forgets the file. */
  close(): void
  /** Asks the office to take an import back as a whole. */
  undo(id: string): Promise<SaveProblem | null>
  /** Of open requests, beside the roster; one on its way stays. Fetched with the page that needs it. */
  ledger(viewer: Viewer): Promise<LedgerActs>
  /** The device was locked: forgets roster and ledger. */
  forget(): void
}

/** Long: the acts of one import over its state and its thread, each a few lines. */
export function createImports(
  { register, work, drafts, today, now }: ImportParts,
  onFault: (error: unknown) => void,
  openDesk: OpenDesk = openDeskThread,
): ImportActs {
  const pause = createPause()
  const store = createStore<ImportState>(() => fresh)
  const set = (change: Partial<ImportState>) => store.setState(change)
  let thread: DeskThread | null = null
  /** A run that was stopped or replaced says nothing any more. */
  let run = 0
  let isAnswering = false
  let ledger: LedgerActs | null = null

  const deskNow = (): Desk => {
    thread ??= openDesk(
      (done, total) => {
        const { busy } = store.getState()
        if (busy) set({ busy: { ...busy, done, total } })
        // An answer about a few rows is there at once; a screen of its own would only flash up.
        else if (isAnswering) set({ busy: { doing: 'answering', done, total } })
      },
      (error) => {
        onFault(error)
        end()
        set({ ...fresh, problem: 'thread' })
      },
    )
    return thread.desk
  }
  const end = () => {
    run += 1
    thread?.end()
    thread = null
  }
  const close = () => {
    end()
    set(fresh)
  }
  const looked = (change: Partial<ImportState>) =>
    set({ ...change, revision: store.getState().revision + 1 })
  /** Long work; null where it was stopped or failed, which is said. */
  const during = async <T>(
    doing: NonNullable<ImportState['busy']>['doing'],
    act: (isWanted: () => boolean) => Promise<T>,
  ): Promise<T | null> => {
    const mine = (run += 1)
    set({ busy: { doing, done: 0, total: null }, problem: null })
    try {
      const value = await act(() => mine === run)
      return mine === run ? value : null
    } catch (error) {
      if (mine === run) {
        onFault(error)
        end()
        set({ ...fresh, problem: 'thread' })
      }
      return null
    } finally {
      if (mine === run) set({ busy: null })
    }
  }

  /** Null where it was stopped before anything was saved. */
  const save = async (
    desk: Desk,
    isWanted: () => boolean,
    givenBy: GivenBy,
  ): Promise<
    Omit<NonNullable<ImportState['written']>, 'report'> | SaveProblem | 'nothing-taken' | null
  > => {
    const { plan, parts: count } = await desk.plan()
    if (count === 0) return 'nothing-taken'
    const items: (readonly ImportItem[])[] = []
    const streams = new Set<string>()
    for (let at = 0; at < count; at += 1) {
      const part = await desk.part(at)
      items.push(part)
      addStreams(streams, part)
      if (!isWanted()) return null
      const done = Math.round(((at + 1) * plan.rows) / count)
      set({ busy: { doing: 'writing', done, total: plan.rows } })
      await pause()
    }
    const stream = homeOf(register, streams)
    if (stream === null) return 'nothing-taken'
    const id = work.newId(stream)
    const { rows, added, changed } = plan
    const fields: Import = {
      ...{ title: store.getState().title, parts: count, rows, added, changed },
      bases: basesOf(register, streams),
      ...sourceOf(givenBy),
    }
    const intents: Intent[] = [{ op: 'create', kind: 'import', record: id, stream, fields }]
    for (const [index, part] of items.entries()) {
      intents.push({
        op: 'create',
        kind: 'import-part',
        record: work.newId(stream),
        stream,
        fields: { import: id, part: index + 1, items: [...part] },
      })
    }
    if (!isWanted()) return null
    set({ busy: { doing: 'saving', done: 0, total: null } })
    const outcome = await work.saveApart(intents)
    return outcome.ok ? { id, plan } : outcome.problem
  }

  return {
    store,
    async choose(file) {
      end()
      set({ ...fresh, title: titleOf(file.name) })
      const corrections = readCorrections(drafts.get(correctionsKey))
      const opened = await during('opening', () => deskNow().open(file, corrections))
      if (!opened) return
      if (!opened.ok) {
        end()
        return set({ ...fresh, problem: opened.trouble })
      }
      const { sheets, notices, forms } = opened
      const grids = register.grids()
      set({
        step: 'columns',
        sheets,
        notices,
        forms,
        homeGrid: grids.length === 1 ? (grids[0]?.id ?? null) : null,
      })
    },
    async setColumn(sheet, column, field) {
      const changed = store.getState().sheets[sheet]?.columns.find(({ at }) => at === column)
      if (changed && changed.header !== '') {
        const corrections = readCorrections(drafts.get(correctionsKey))
        drafts.set(correctionsKey, { ...corrections, [columnKey(changed)]: field ?? '' })
      }
      set({ sheets: await deskNow().setColumn(sheet, column, field) })
    },
    async setTaken(sheet, taken) {
      set({ sheets: await deskNow().setTaken(sheet, taken) })
    },
    async setHiddenTaken(sheet, taken) {
      set({ sheets: await deskNow().setHiddenTaken(sheet, taken) })
    },
    setHomeGrid: (homeGrid) => set({ homeGrid }),
    async compare() {
      const compared = await during('comparing', async () => {
        const desk = deskNow()
        await sendRegister(register, desk, pause)
        const grids = register.grids().map(({ id, fields }) => ({ id, name: fields.name }))
        const { homeGrid, taking } = store.getState()
        const found = await desk.compare({ today: today.getState().day, grids, homeGrid })
        if (!found) return null
        return {
          tally: await desk.take(taking),
          absent: await desk.absentTally(),
          questions: await desk.questionTally(),
        }
      })
      if (compared) looked({ step: 'rows', ...compared })
    },
    rows: (filter, from, count) => deskNow().rows(filter, from, count),
    async decide(at, choice) {
      looked({ tally: await deskNow().decide(at, choice) })
    },
    async name(at, person) {
      looked({ tally: await deskNow().name(at, person) })
    },
    async decideAll(doubt, choice) {
      looked({ tally: await deskNow().decideAll(doubt, choice) })
    },
    async take(taking) {
      set({ taking })
      looked({ tally: await deskNow().take(taking) })
    },
    questions: (from, count) => deskNow().questions(from, count),
    async answer(key, answer) {
      const desk = deskNow()
      isAnswering = true
      try {
        const tally = await desk.answer(key, answer)
        if (!tally) return
        const questions = await desk.questionTally()
        looked({ tally, questions, absent: await desk.absentTally() })
      } finally {
        isAnswering = false
        if (store.getState().busy?.doing === 'answering') set({ busy: null })
      }
    },
    divisions: (above) => deskNow().divisions(above),
    plan: () => deskNow().plan(),
    row: (at) => deskNow().row(at),
    absent: (from, count) => deskNow().absent(from, count),
    async answerAbsent(person, answer) {
      looked({ absent: await deskNow().answerAbsent(person, answer) })
    },
    async write(words, givenBy = {}) {
      const saved = await during('writing', async (isWanted) => {
        const desk = deskNow()
        const made = await save(desk, isWanted, givenBy)
        if (made === null || typeof made === 'string') return made
        // It is saved: a report that cannot be made is no reason to say otherwise.
        const report = words ? await desk.report(words).catch(() => null) : null
        return { ...made, report: report && new Blob([report], { type: workbookType }) }
      })
      if (saved === null) return
      if (typeof saved === 'string') return set({ problem: saved })
      end()
      set({ ...fresh, step: 'written', title: store.getState().title, written: saved })
    },
    keepReport(name) {
      const report = store.getState().written?.report
      if (report) saveBlob(`${name}.xlsx`, report)
    },
    template: saveTemplate,
    async returns(words) {
      const bytes = await during('returning', () => deskNow().returns(words))
      if (!bytes) return
      const name = `${store.getState().title.replace(/\.[^.]*$/, '')}-${words.reason}.xlsx`
      saveBlob(name, new Blob([bytes], { type: workbookType }))
    },
    backToColumns: () => set({ step: 'columns', tally: null, problem: null }),
    stop() {
      const { step, busy } = store.getState()
      if (busy?.doing === 'saving') return
      run += 1
      // A file half read is of no use; rows half compared leave the columns as they are.
      if (busy?.doing === 'opening' || step === 'choose') {
        end()
        set(fresh)
      } else {
        void thread?.desk.stop()
        set({ busy: null })
      }
    },
    close,
    async ledger(viewer) {
      const { createLedgerImport } = await import('./ledger-import.ts')
      ledger ??= createLedgerImport({ register, work, today, now })
      ledger.look(viewer)
      return ledger
    },
    forget() {
      close()
      ledger?.close()
      ledger = null
    },
    undo: (id) => askUndo(work, id, now()),
  }
}
