/** Writes a workbook (.xlsx) in a worker: the screen goes on, and a stop gives all of its memory back at once. */

export interface WorkbookPlan {
  /** Name of the sheet. */
  readonly sheet: string
  readonly title: string
  /** The line below the title. */
  readonly under: string
  /** Widths in characters. */
  readonly columns: readonly { readonly header: string; readonly width: number }[]
}

export type WorkbookCell = string | number | null
type Rows = readonly (readonly WorkbookCell[])[]

export type WorkbookMessage = { readonly rows: Rows } | { readonly plan: WorkbookPlan }
/** It is silent about why. */
export type WorkbookAnswer = { readonly file: Blob } | { readonly failed: true }

export interface WorkbookWriter {
  add(rows: Rows): void
  /** Null where the file could not be written: no memory for it, most likely. */
  finish(plan: WorkbookPlan): Promise<Blob | null>
  stop(): void
}

/** Begin a new one for each file. */
export function createWorkbookWriter(): WorkbookWriter {
  const worker = startWorker()
  // Where workers are missing or refused, the screen stands still for a moment and the file is the same.
  if (!worker) return writeHere()
  return {
    add: (rows) => worker.postMessage({ rows } satisfies WorkbookMessage),
    finish: (plan) =>
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
        worker.postMessage({ plan } satisfies WorkbookMessage)
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

function writeHere(): WorkbookWriter {
  const all: Rows[number][] = []
  return {
    add: (rows) => void all.push(...rows),
    async finish(plan) {
      try {
        const { buildWorkbook } = await import('./workbook-sheet.ts')
        return await buildWorkbook(plan, all)
      } catch {
        return null
      }
    },
    stop: () => void all.splice(0),
  }
}
