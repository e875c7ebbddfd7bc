/** An import on its way: a file chosen, its columns looked over, its rows compared, some of them taken, all written. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Import, ImportItem } from '#domain/import.ts'
import { rosterFields, type RosterField } from '#domain/roster/fields.ts'
import type { Choice, Doubt } from '#domain/roster/compare.ts'
import type { Taking } from '#domain/roster/plan-import.ts'
import type { HeldRecord } from '#domain/roster/register-index.ts'
import { createPause } from '#app/platform/pause.ts'
import { saveBlob } from '#app/platform/save-file.ts'
import type { Register } from '#app/register/register.ts'
import type { Corrections, Desk, Planned, Rows, SheetView } from '#app/roster/desk.ts'
import type { FileNotice, FileTrouble } from '#app/roster/file-fault.ts'
import type { ReturnWords } from '#app/roster/returns.ts'
import { openDeskThread, type DeskThread, type OpenDesk } from '#app/roster/thread.ts'
import type { DoubtTally, Filter, RowView, Tally } from '#app/roster/views.ts'
import type { App, Intent, SaveProblem } from './app.ts'

export type {
  Choice,
  Doubt,
  DoubtTally,
  FileNotice,
  FileTrouble,
  Filter,
  Planned,
  ReturnWords,
  RowView,
  SheetView,
  Tally,
}

export type ImportStep = 'choose' | 'columns' | 'rows' | 'written'

export interface ImportState {
  readonly step: ImportStep
  /** What is under way, in rows; `total` null where nobody knows yet. */
  readonly busy: {
    /** `saving`: the one write to this device's disk, which is whole or nothing and cannot be stopped half-way. */
    readonly doing: 'opening' | 'comparing' | 'writing' | 'saving' | 'returning'
    readonly done: number
    readonly total: number | null
  } | null
  readonly problem: FileTrouble | SaveProblem | 'thread' | 'nothing-taken' | null
  readonly title: string
  readonly sheets: readonly SheetView[]
  readonly notices: readonly FileNotice[]
  readonly homeGrid: string | null
  readonly tally: Tally | null
  readonly taking: Omit<Taking, 'decided'>
  /** Counts up whenever rows look different, so that a list asks for them again. */
  readonly revision: number
  /** The import that was written last, and what it held. */
  readonly written: { readonly id: string; readonly plan: Planned['plan'] } | null
}

export interface ImportActs {
  readonly store: StoreApi<ImportState>
  choose(file: File): Promise<void>
  setColumn(sheet: number, column: number, field: RosterField | null): Promise<void>
  setTaken(sheet: number, taken: boolean): Promise<void>
  setHomeGrid(grid: string | null): void
  compare(): Promise<void>
  rows(filter: Filter, from: number, count: number): Promise<Rows>
  decide(at: number, choice: Choice | null): Promise<void>
  /** Whom of several a row means. */
  name(at: number, person: string | null): Promise<void>
  /** One answer for all rows with the same doubt that have none yet; null takes all back. */
  decideAll(doubt: Doubt, choice: Choice | null): Promise<void>
  take(taking: Omit<Taking, 'decided'>): Promise<void>
  /** What would be written now. */
  plan(): Promise<Planned | null>
  /** Everything in one durable write; nothing of it where that fails. */
  write(): Promise<void>
  returns(words: ReturnWords): Promise<void>
  backToColumns(): void
  /** Stops what is under way, with nothing written; what is being saved at that moment is saved whole. */
  stop(): void
  /** Forgets the file. */
  close(): void
  /** Asks the office to take an import back as a whole. */
  undo(id: string): Promise<SaveProblem | null>
}

/** The part of the app that an import is made with. */
type Parts = Pick<App, 'register' | 'work' | 'drafts' | 'today' | 'now'>

const fresh: ImportState = {
  step: 'choose',
  busy: null,
  problem: null,
  title: '',
  sheets: [],
  notices: [],
  homeGrid: null,
  tally: null,
  taking: { news: true, fills: true, overwrites: false },
  revision: 0,
  written: null,
}

/** Sealed: which headers mean what in this office's rosters. */
const correctionsKey = 'import-columns'
const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
/** So many records at once go to the thread: a few milliseconds of copying. */
const recordsAtOnce = 500

export function createImports(
  { register, work, drafts, today, now }: Parts,
  onFault: (error: unknown) => void,
  openDesk: OpenDesk = openDeskThread,
): ImportActs {
  const pause = createPause()
  const store = createStore<ImportState>(() => fresh)
  const set = (change: Partial<ImportState>) => store.setState(change)
  let thread: DeskThread | null = null
  /** A run that was stopped or replaced says nothing any more. */
  let run = 0

  const deskNow = (): Desk => {
    thread ??= openDesk(
      (done, total) => {
        const { busy } = store.getState()
        if (busy) set({ busy: { ...busy, done, total } })
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

  /** In slices, so that no frame waits for it. */
  const sendRegister = async (desk: Desk) => {
    await desk.beginRegister(register.grids().map(({ id, fields }) => ({ id, name: fields.name })))
    let waiting: HeldRecord[] = []
    const flush = async () => {
      const sent = waiting
      waiting = []
      await desk.addRegister(sent)
    }
    for (const kind of ['building', 'dwelling', 'household', 'resident'] as const) {
      for (const record of [...register.all(kind)]) {
        // Two that were one: whoever it was merged into stands for both.
        if ('mergedInto' in record.fields && record.fields.mergedInto) continue
        const { id, stream, version, fields } = record
        waiting.push({ kind, id, stream, version, fields } as HeldRecord)
        if (waiting.length >= recordsAtOnce) {
          await flush()
          await pause()
        }
      }
    }
    await flush()
  }

  /** Null where it was stopped before anything was saved. */
  const save = async (
    desk: Desk,
    isWanted: () => boolean,
  ): Promise<ImportState['written'] | SaveProblem | 'nothing-taken'> => {
    const { plan, parts: count } = await desk.plan()
    if (count === 0) return 'nothing-taken'
    const items: (readonly ImportItem[])[] = []
    for (let at = 0; at < count; at += 1) {
      items.push(await desk.part(at))
      if (!isWanted()) return null
      const done = Math.round(((at + 1) * plan.rows) / count)
      set({ busy: { doing: 'writing', done, total: plan.rows } })
      await pause()
    }
    const id = work.newId()
    const stream = homeOf(register, items)
    if (stream === null) return 'nothing-taken'
    const fields: Import = {
      title: store.getState().title,
      parts: count,
      rows: plan.rows,
      added: plan.added,
      changed: plan.changed,
      bases: basesOf(register, items),
    }
    const intents: Intent[] = [{ op: 'create', kind: 'import', record: id, stream, fields }]
    for (const [index, part] of items.entries()) {
      intents.push({
        op: 'create',
        kind: 'import-part',
        record: work.newId(),
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
      const { sheets, notices } = opened
      const grids = register.grids()
      set({
        step: 'columns',
        sheets,
        notices,
        homeGrid: grids.length === 1 ? (grids[0]?.id ?? null) : null,
      })
    },
    async setColumn(sheet, column, field) {
      const header = store.getState().sheets[sheet]?.columns.find(({ at }) => at === column)?.header
      if (header) {
        const corrections = readCorrections(drafts.get(correctionsKey))
        drafts.set(correctionsKey, { ...corrections, [header]: field ?? '' })
      }
      set({ sheets: await deskNow().setColumn(sheet, column, field) })
    },
    async setTaken(sheet, taken) {
      set({ sheets: await deskNow().setTaken(sheet, taken) })
    },
    setHomeGrid: (homeGrid) => set({ homeGrid }),
    async compare() {
      const tally = await during('comparing', async () => {
        const desk = deskNow()
        await sendRegister(desk)
        const grids = register.grids().map(({ id, fields }) => ({ id, name: fields.name }))
        const { homeGrid, taking } = store.getState()
        const found = await desk.compare({ today: today.getState().day, grids, homeGrid })
        return found && desk.take(taking)
      })
      if (tally) looked({ step: 'rows', tally })
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
    plan: () => deskNow().plan(),
    async write() {
      const saved = await during('writing', (isWanted) => save(deskNow(), isWanted))
      if (saved === null) return
      if (typeof saved === 'string') return set({ problem: saved })
      end()
      set({ ...fresh, step: 'written', title: store.getState().title, written: saved })
    },
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
    close() {
      end()
      set(fresh)
    },
    async undo(id) {
      const undoAsked = new Date(now()).toISOString()
      const outcome = await work.save([
        { op: 'patch', kind: 'import', record: id, fields: { undoAsked } },
      ])
      return outcome.ok ? null : outcome.problem
    },
  }
}

const longestTitle = 80

function titleOf(name: string): string {
  const title = name.normalize('NFC').trim()
  return title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title || '-'
}

/** What an earlier version or a damaged draft may hold is left out. */
function readCorrections(draft: unknown): Corrections {
  if (typeof draft !== 'object' || draft === null) return {}
  const known = new Set<unknown>([...rosterFields, ''])
  return Object.fromEntries(Object.entries(draft).filter(([, field]) => known.has(field)))
}

const streamsOf = (items: readonly (readonly ImportItem[])[]) =>
  new Set(items.flat().flatMap(({ stream, to }) => (to ? [stream, to] : [stream])))

/** Up to which version the comparison knew each stream that it writes to. */
function basesOf(register: Register, items: readonly (readonly ImportItem[])[]): Import['bases'] {
  return [...streamsOf(items)].map((stream) => ({ stream, version: register.reached(stream) }))
}

/** The lowest place above all grids that it touches: who works there sees it and may take it back. */
function homeOf(register: Register, items: readonly (readonly ImportItem[])[]): string | null {
  const paths = [...streamsOf(items)].map((stream) => register.pathOf(stream).map(({ id }) => id))
  const [first] = paths
  if (!first) return null
  const shared = first.filter((id) => paths.every((path) => path.includes(id)))
  // Of a single grid, the community that it belongs to, where this device has it.
  return shared.at(-1) === first.at(-1) && first.length > 1
    ? (first.at(-2) ?? null)
    : (shared.at(-1) ?? null)
}
