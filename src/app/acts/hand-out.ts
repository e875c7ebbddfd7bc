/**
 * A table goes out as a workbook, in the standard's form or on paper: rows are read in slices, a workbook is written in a
 * worker; that it went out is on this device's disk before anybody has the file or the paper.
 */
import type { Export, ExportFormat, GoesTo } from '#domain/export.ts'
import type { Day } from '#domain/day.ts'
import type { Sheet } from '#domain/sheet.ts'
import { cellsOf } from '#domain/sheet-cells.ts'
import {
  cellText,
  type SheetColumn,
  type SheetRow,
  type SheetWords,
} from '#domain/sheet-columns.ts'
import { standardColumns } from '#domain/standard-table.ts'
import { createPause, type Pause } from '#app/platform/pause.ts'
import { saveBlob } from '#app/platform/save-file.ts'
import {
  createWorkbookWriter,
  type WorkbookHead,
  type WorkbookWriter,
} from '#app/platform/workbook.ts'
import { createSheetRows } from '#app/register/sheet-rows.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { SaveProblem } from '#app/acts/intent.ts'
import type { BeyondProblem, Slice, Slices } from '#app/acts/table-beyond.ts'

export interface HandOut {
  readonly sheet: Sheet
  readonly columns: readonly SheetColumn[]
  /** Rows of this device; of `beyond` none. */
  readonly ids: readonly string[]
  /** Rows that the server gives, in place of this device's own. */
  readonly beyond?: (signal: AbortSignal) => Slices
  readonly words: SheetWords
  /** Without masks. */
  readonly open: boolean
  readonly head: Omit<WorkbookHead, 'columns' | 'wide'>
  /** In the standard's form; a workbook where it is absent. */
  readonly standard?: {
    readonly format: Exclude<ExportFormat, 'workbook' | 'paper'>
    readonly title: string
    /** To whom and on which ground, in words. */
    readonly goesTo: string
  }
  /** To be printed instead: gets the texts of the cells by the ids of the rows. */
  readonly paper?: (rows: PaperRows) => void
  /** Without the ending. */
  readonly fileName: string
  /** What is logged, and in which stream. */
  readonly log: Pick<Export, 'filter' | 'view' | 'purpose' | 'minors'> & GoesTo
  readonly stream: string
}

export type PaperRows = ReadonlyMap<string, readonly string[]>

export interface HandOutHooks {
  /** From 0 to 1; what the worker does in the end has no measure: null. */
  readonly onProgress: (done: number | null) => void
  readonly signal: AbortSignal
}

export interface HandOutPieces {
  readonly writer: (head: WorkbookHead) => WorkbookWriter
  readonly saveBlob: (name: string, file: Blob) => void
  readonly pause: () => Pause
}

const browser: HandOutPieces = { writer: createWorkbookWriter, saveBlob, pause: createPause }

/** Rows that go to the worker together: copying more at once would be felt. */
const together = 200

export type HandedOut =
  | { readonly ok: true; readonly count: number }
  | {
      readonly ok: false
      readonly problem: SaveProblem | BeyondProblem | 'stopped' | 'not-written'
    }

export async function handOut(
  app: Pick<DeviceParts, 'register' | 'work' | 'today' | 'now'>,
  asked: HandOut,
  { onProgress, signal }: HandOutHooks,
  pieces: HandOutPieces = browser,
): Promise<HandedOut> {
  const { sheet, columns, open, log, standard, paper } = asked
  const printed = new Map<string, readonly string[]>()
  const writer = paper
    ? openPaper(asked, printed)
    : standard
      ? await openStandard(asked, standard, app.today.getState().day).catch(() => null)
      : openWorkbook(asked, pieces)
  if (!writer) return { ok: false, problem: 'not-written' }
  const stopped = new Promise<null>((resolve) => {
    signal.addEventListener('abort', () => {
      writer.stop()
      resolve(null)
    })
  })
  const beyond = asked.beyond?.(signal)
  let count = 0
  for await (const { rows, done } of beyond?.rows ?? heldRows(app, asked, pieces.pause())) {
    if (done !== null) onProgress(done)
    if (signal.aborted) return { ok: false, problem: 'stopped' }
    for (const row of rows) writer.take(row)
    count += rows.length
    writer.send()
  }
  if (signal.aborted) return { ok: false, problem: 'stopped' }
  if (beyond?.told.problem) {
    writer.stop()
    return { ok: false, problem: beyond.told.problem }
  }
  onProgress(null)
  const file = await Promise.race([writer.finish(), stopped])
  if (signal.aborted) return { ok: false, problem: 'stopped' }
  if (!file) return { ok: false, problem: 'not-written' }
  const fields: Export = {
    ...log,
    ...(beyond && beyond.told.minors > 0 ? { minors: beyond.told.minors } : {}),
    sheet,
    columns: columns.map(({ key }) => key),
    count,
    masked: !open,
    ...(paper ? { format: 'paper' } : standard ? { format: standard.format } : {}),
    at: new Date(app.now()).toISOString(),
  }
  const kept = await app.work.save([
    {
      op: 'create',
      kind: 'export',
      record: app.work.newId(asked.stream),
      stream: asked.stream,
      fields,
    },
  ])
  if (!kept.ok) return kept
  if (paper) {
    paper(printed)
    return { ok: true, count }
  }
  const ending = standard ? (standard.format === 'json' ? 'json' : 'csv') : 'xlsx'
  pieces.saveBlob(`${asked.fileName}.${ending}`, file)
  return { ok: true, count }
}

/** This device's own, some at a time; in between the screen has its turn. */
async function* heldRows(
  app: Pick<DeviceParts, 'register' | 'today'>,
  { sheet, ids }: HandOut,
  pause: Pause,
): AsyncGenerator<Slice> {
  const held = createSheetRows(app.register, sheet, app.today.getState().day)
  let rows: SheetRow[] = []
  for (const [index, id] of ids.entries()) {
    const turn = pause()
    if (turn || rows.length === together) {
      yield { rows, done: index / ids.length }
      rows = []
      await turn
    }
    const row = held.row(id)
    // Else gone meanwhile.
    if (row) rows.push(row)
  }
  yield { rows, done: null }
}

/** Of rows, whatever they become: read one by one, written some at a time. */
interface TableWriter extends Pick<WorkbookWriter, 'finish' | 'stop'> {
  take(row: SheetRow): void
  send(): void
}

function writeRows<Cells>(
  writer: Pick<WorkbookWriter, 'finish' | 'stop'> & { add(rows: readonly Cells[]): void },
  cells: (row: SheetRow) => Cells,
): TableWriter {
  let taken: Cells[] = []
  return {
    take: (row) => void taken.push(cells(row)),
    send() {
      writer.add(taken)
      taken = []
    },
    finish: () => writer.finish(),
    stop: () => writer.stop(),
  }
}

function openWorkbook({ columns, words, open, head }: HandOut, pieces: HandOutPieces): TableWriter {
  const writer = pieces.writer({
    ...head,
    columns: columns.map(({ header, width }) => ({ header, width })),
    wide: true,
  })
  return writeRows(writer, (row) => cellsOf(columns, row, words, open))
}

/** Nothing is written: the rows stay in memory until they are printed. */
function openPaper(
  { columns, words, open }: HandOut,
  printed: Map<string, readonly string[]>,
): TableWriter {
  return {
    take: (row) =>
      void printed.set(
        row.id,
        columns.map((column) => cellText(column, row, words, open)),
      ),
    send: () => undefined,
    finish: () => Promise.resolve(new Blob()),
    stop: () => printed.clear(),
  }
}

/** Fetched when somebody asks for it: most tables go to people. */
async function openStandard(
  { sheet, columns, words, open }: HandOut,
  { format, title, goesTo }: NonNullable<HandOut['standard']>,
  day: Day,
): Promise<TableWriter> {
  const { createStandardWriter } = await import('#app/platform/standard-file.ts')
  const own = standardColumns(sheet, columns)
  const writer = createStandardWriter(format, { day, title, columns: own, masked: !open, goesTo })
  return writeRows(writer, (row) => own.map((column) => column.text(row, words, open)))
}
