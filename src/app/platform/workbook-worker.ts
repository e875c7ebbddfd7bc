import { buildWorkbook } from './workbook-sheet.ts'
import type { WorkbookAnswer, WorkbookMessage, WorkbookPlan } from './workbook.ts'

const rows: (string | number | null)[][] = []

addEventListener('message', ({ data }: MessageEvent<WorkbookMessage>) => {
  if ('rows' in data) {
    for (const row of data.rows) rows.push([...row])
    return
  }
  void finish(data.plan)
})

async function finish(plan: WorkbookPlan) {
  const answer = (message: WorkbookAnswer) => postMessage(message)
  try {
    answer({ file: await buildWorkbook(plan, rows) })
  } catch {
    answer({ failed: true })
  }
}
