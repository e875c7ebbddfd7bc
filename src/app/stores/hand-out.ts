/**
 * A table goes out as a workbook: rows are read in slices and written in a worker; that it went out is on this device's
 * disk before anybody has the file.
 */
import type { Export, GoesTo } from '#domain/export.ts'
import type { Sheet } from '#domain/sheet.ts'
import { cellsOf } from '#domain/sheet-cells.ts'
import type { SheetColumn, SheetWords } from '#domain/sheet-columns.ts'
import { createPause, type Pause } from '#app/platform/pause.ts'
import { saveBlob } from '#app/platform/save-file.ts'
import {
  createWorkbookWriter,
  type WorkbookHead,
  type WorkbookWriter,
} from '#app/platform/workbook.ts'
import { createSheetRows } from '#app/register/sheet-rows.ts'
import type { App, SaveProblem } from './app.ts'

export interface HandOut {
  readonly sheet: Sheet
  readonly columns: readonly SheetColumn[]
  readonly ids: readonly string[]
  readonly words: SheetWords
  /** Without masks. */
  readonly open: boolean
  readonly head: Omit<WorkbookHead, 'columns' | 'wide'>
  /** Without the ending. */
  readonly fileName: string
  /** What is logged, and in which stream. */
  readonly log: Pick<Export, 'filter' | 'view' | 'purpose' | 'minors'> & GoesTo
  readonly stream: string
}

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
  | { readonly ok: false; readonly problem: SaveProblem | 'stopped' | 'not-written' }

export async function handOut(
  app: Pick<App, 'register' | 'work' | 'today' | 'now'>,
  asked: HandOut,
  { onProgress, signal }: HandOutHooks,
  pieces: HandOutPieces = browser,
): Promise<HandedOut> {
  const { sheet, columns, ids, words, open, log } = asked
  const writer = pieces.writer({
    ...asked.head,
    columns: columns.map(({ header, width }) => ({ header, width })),
    wide: true,
  })
  const stopped = new Promise<null>((resolve) => {
    signal.addEventListener('abort', () => {
      writer.stop()
      resolve(null)
    })
  })
  const pause = pieces.pause()
  const rows = createSheetRows(app.register, sheet, app.today.getState().day)
  let count = 0
  let batch: ReturnType<typeof cellsOf>[] = []
  for (const [index, id] of ids.entries()) {
    const turn = pause()
    if (turn) {
      onProgress(index / ids.length)
      await turn
    }
    if (signal.aborted) return { ok: false, problem: 'stopped' }
    const row = rows.row(id)
    if (!row) continue // gone meanwhile
    batch.push(cellsOf(columns, row, words, open))
    count += 1
    if (batch.length < together) continue
    writer.add(batch)
    batch = []
  }
  writer.add(batch)
  onProgress(null)
  const file = await Promise.race([writer.finish(), stopped])
  if (signal.aborted) return { ok: false, problem: 'stopped' }
  if (!file) return { ok: false, problem: 'not-written' }
  const fields: Export = {
    ...log,
    sheet,
    columns: columns.map(({ key }) => key),
    count,
    masked: !open,
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
  pieces.saveBlob(`${asked.fileName}.xlsx`, file)
  return { ok: true, count }
}
