/** An office's ledger of open requests on its way: read, looked over row by row, written as one import. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { mostInPart, type Import, type ImportItem } from '#domain/import.ts'
import { ledgerTemplate, type LedgerField } from '#domain/requests/ledger-columns.ts'
import { planLedgerRow } from '#domain/requests/plan-ledger.ts'
import { findLedger, readLedger, type LedgerTable } from '#domain/requests/read-ledger.ts'
import { saveBlob } from '#app/platform/save-file.ts'
import { writeWorkbook } from '#app/platform/workbook-file.ts'
import { createLedgerHold, type HeldRow, type LedgerAnswers } from '#app/views/ledger-against.ts'
import type { Register } from '#app/register/register.ts'
import { createNumbering } from '#app/acts/request-numbers.ts'
import type { Viewer } from '#app/views/requests.ts'
import { FileFault, type FileTrouble } from '#app/roster/file-fault.ts'
import type { ImportParts } from './import-parts.ts'
import type { Intent, SaveProblem } from '#app/acts/intent.ts'
import { askUndo, basesOf, homeOf, titleOf, type TemplateWords } from './import-records.ts'

export type { HeldRow, LedgerAnswers }

export const mostLedgerRows = 5_000

export interface LedgerState {
  readonly title: string
  readonly isBusy: boolean
  /** Null until a file was chosen. */
  readonly table: LedgerTable | null
  readonly rows: readonly HeldRow[]
  readonly answers: LedgerAnswers
  readonly problem: FileTrouble | SaveProblem | 'no-ledger' | 'too-many' | 'nothing-taken' | null
  /** The import that was written. */
  readonly written: string | null
}

const noAnswers: LedgerAnswers = { items: {}, holders: {}, grid: '', taken: {} }
const fresh: LedgerState = {
  ...{ title: '', isBusy: false, table: null, rows: [], answers: noAnswers },
  ...{ problem: null, written: null },
}

export interface LedgerActs {
  readonly store: StoreApi<LedgerState>
  /** Somebody opened the page: rows that are on their way are held against what the register has by now. */
  look(viewer: Viewer): void
  choose(file: Pick<File, 'name' | 'size' | 'arrayBuffer'>): Promise<void>
  setColumn(at: number, field: LedgerField | null): void
  answer(change: Partial<LedgerAnswers>): void
  /** All of it in one durable write; twice is the same as once. */
  write(): Promise<void>
  template(words: TemplateWords): Promise<void>
  undo(id: string): Promise<SaveProblem | null>
  close(): void
}

export function createLedgerImport({
  register,
  work,
  today,
  now,
}: Omit<ImportParts, 'drafts'>): LedgerActs {
  const store = createStore<LedgerState>(() => fresh)
  let viewer: Viewer | null = null
  let holdRows: ReturnType<typeof createLedgerHold> = () => []
  const hold = (table: LedgerTable, answers: LedgerAnswers) =>
    holdRows(readLedger(table, today.getState().day), answers)
  return {
    store,
    look(next) {
      viewer = next
      const { table, answers, isBusy } = store.getState()
      if (!table || isBusy) return
      holdRows = createLedgerHold(register, viewer)
      store.setState({ rows: hold(table, answers) })
    },
    async choose(file) {
      if (!viewer) return
      store.setState({ ...fresh, title: titleOf(file.name), isBusy: true })
      const reader = await import('#app/roster/read-file.ts').catch(() => null)
      if (!reader) return store.setState({ ...fresh, problem: 'no-reader' })
      const read = await reader.readFile(file).catch((error: unknown) => {
        if (error instanceof FileFault) return error
        throw error
      })
      if (read instanceof FileFault) return store.setState({ ...fresh, problem: read.trouble })
      const table = read.sheets
        .filter(({ hidden }) => !hidden)
        .map(findLedger)
        .find((one) => one !== null)
      if (!table) return store.setState({ ...fresh, problem: 'no-ledger' })
      if (table.rows.length > mostLedgerRows) {
        return store.setState({ ...fresh, problem: 'too-many' })
      }
      holdRows = createLedgerHold(register, viewer)
      const answers = { ...noAnswers, grid: register.grids()[0]?.id ?? '' }
      store.setState({ isBusy: false, table, answers, rows: hold(table, answers) })
    },
    setColumn(at, field) {
      const { table, answers } = store.getState()
      if (!table) return
      // Of two columns for one field the one that was chosen last counts.
      const columns = table.columns.map((column) =>
        column.at === at
          ? { ...column, field, confidence: 'sure' as const }
          : column.field === field
            ? { ...column, field: null }
            : column,
      )
      const next = { ...table, columns }
      store.setState({ table: next, rows: hold(next, answers) })
    },
    answer(change) {
      const { table, answers } = store.getState()
      if (!table) return
      const next = { ...answers, ...change }
      store.setState({ answers: next, rows: hold(table, next), problem: null })
    },
    async write() {
      const { rows, title, isBusy, written } = store.getState()
      if (isBusy || written) return
      const items = itemsOf(rows, register, work, new Date(now()).toISOString())
      const streams = new Set(items.map(({ stream }) => stream))
      const home = homeOf(register, streams)
      if (home === null) return store.setState({ problem: 'nothing-taken' })
      store.setState({ isBusy: true })
      const id = work.newId(home)
      const taken = rows.filter(({ isTaken }) => isTaken).length
      const parts = Math.ceil(items.length / mostInPart)
      const fields: Import = {
        ...{ title, parts, rows: taken, added: taken, changed: 0, about: 'requests' },
        bases: basesOf(register, streams),
      }
      const intents: Intent[] = [
        { op: 'create', kind: 'import', record: id, stream: home, fields },
        ...Array.from({ length: parts }, (_, index): Intent => {
          const held = items.slice(index * mostInPart, (index + 1) * mostInPart)
          return {
            ...({ op: 'create', kind: 'import-part' } as const),
            ...{ record: work.newId(home), stream: home },
            fields: { import: id, part: index + 1, items: held },
          }
        }),
      ]
      const outcome = await work.saveApart(intents)
      if (!outcome.ok) return store.setState({ isBusy: false, problem: outcome.problem })
      store.setState({ ...fresh, title, written: id })
    },
    async template({ file, sheet, example, above }) {
      const columns = ledgerTemplate.map(({ header, width }) => ({ header, width }))
      const book = await writeWorkbook([
        { name: sheet, above: [above], columns, rows: [] },
        {
          name: example,
          above: [],
          columns,
          rows: [ledgerTemplate.map(({ hint }) => hint), ledgerTemplate.map((one) => one.example)],
        },
      ])
      saveBlob(`${file}.xlsx`, book)
    },
    undo: (id) => askUndo(work, id, now()),
    close: () => store.setState(fresh),
  }
}

function itemsOf(
  rows: readonly HeldRow[],
  register: Register,
  work: Pick<ImportParts['work'], 'newId'>,
  now: string,
): ImportItem[] {
  const numberOf = createNumbering(register)
  const newId = (stream: string) => work.newId(stream)
  return rows.flatMap(({ row, isTaken, stream, site, item, unit }) =>
    isTaken && stream !== null
      ? planLedgerRow({ row, stream, site, item, unit }, { now, newId, numberOf })
      : [],
  )
}
