/** Writes a workbook (.xlsx) in a worker: the screen goes on, and a stop gives all of its memory back at once. */
import type { WorkbookHead, WorkbookRow } from './workbook-file.ts'

export type { WorkbookHead }
type Rows = readonly WorkbookRow[]

export type WorkbookMessage =
  { readonly head: WorkbookHead } | { readonly rows: Rows } | { readonly finish: true }
/** It is silent about why. */
export type WorkbookAnswer = { readonly file: Blob } | { readonly failed: true }

export interface WorkbookWriter {
  add(rows: Rows): void
  /** Null where the file could not be written: no memory for it, most likely. */
  finish(): Promise<Blob | null>
  stop(): void
}

/** Begin a new one for each file. */
export function createWorkbookWriter(head: WorkbookHead): WorkbookWriter {
  const worker = startWorker()
  // Where workers are missing or refused, the screen stands still for a moment and the file is the same.
  if (!worker) return writeHere(head)
  const tell = (message: WorkbookMessage) => worker.postMessage(message)
  tell({ head })
  return {
    add: (rows) => tell({ rows }),
    finish: () =>
      new Promise((resolve) => {
        const end = (file: Blob | null) => {
          worker.terminate()
          resolve(file)
        }
        worker.onmessage = ({ data }: MessageEvent<WorkbookAnswer>) => {
          end('file' in data ? data.file : null)
        }
        worker.onerror = () => end(null)
        worker.onmessageerror = () => end(null)
        tell({ finish: true })
      }),
    stop: () => worker.terminate(),
  }
}

function startWorker(): Worker | null {
  try {
    return new Worker(new URL('./workbook-worker.ts', import.meta.url), { type: 'module' })
  } catch {
    return null
  }
}

function writeHere(head: WorkbookHead): WorkbookWriter {
  const all: WorkbookRow[] = []
  return {
    add: (rows) => void all.push(...rows),
    async finish() {
      try {
        const { writeWorkbook } = await import('./workbook-file.ts')
        return await writeWorkbook([{ ...head, rows: all }])
      } catch {
        return null
      }
    },
    stop: () => void all.splice(0),
  }
}
