/** The thread in which a roster is read, compared and planned; it ends with the import. */
import '#app/floor/polyfills.ts'
import { idBornIn } from '#domain/born-ids.ts'
import { systemIds } from '#app/platform/ids.ts'
import { createDesk } from './desk.ts'
import type { DeskAsk, DeskSay } from './thread.ts'

const say = (message: DeskSay) => postMessage(message)

const desk = createDesk({
  newId: (stream) => idBornIn(stream, systemIds()),
  // A message that asks to stop is heard in between.
  breathe: () => new Promise((resolve) => setTimeout(resolve)),
  onProgress: (done, total) => say({ progress: { done, total } }),
})

addEventListener('message', ({ data }: MessageEvent<DeskAsk>) => {
  const { id, method, args } = data
  const act = desk[method] as (...args: readonly unknown[]) => Promise<unknown>
  act(...args).then(
    (value) => say({ id, value }),
    (error: unknown) => say({ id, fault: nameOf(error) }),
  )
})

/** Never a message: it may quote a cell. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
