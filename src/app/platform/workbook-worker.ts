import '#app/floor/polyfills.ts'
import { bookOf, openSheet, type NamedSheet, type OpenSheet } from './workbook-file.ts'
import type { WorkbookAnswer, WorkbookMessage } from './workbook.ts'

let head: NamedSheet | null = null
let sheet: Promise<OpenSheet> | null = null
/** One after the other, in the order in which they came: rows are compressed as they come, and not held. */
let last: Promise<void> = Promise.resolve()

addEventListener('message', ({ data }: MessageEvent<WorkbookMessage>) => {
  if ('head' in data) {
    head = data.head
    sheet = openSheet(data.head, 0)
    return
  }
  last = last.then(async () => {
    const open = await sheet
    if (!open || !head) throw new Error('no sheet')
    if ('rows' in data) return open.add(data.rows)
    say({ file: await bookOf([head], [await open.close()]) })
  })
  last.catch(() => {
    if ('finish' in data) say({ failed: true })
  })
})

const say = (message: WorkbookAnswer) => postMessage(message)
