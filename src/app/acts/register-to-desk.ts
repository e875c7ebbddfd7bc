/** Hands the register over to the thread of an import, which holds a roster against it. */
import type { HeldRecord } from '#domain/roster/register-index.ts'
import type { Register } from '#app/register/register.ts'
import type { Desk } from '#app/roster/desk.ts'

/** So many records at once go to the thread: a few milliseconds of copying. */
const recordsAtOnce = 500

/** In slices, so that no frame waits for it. */
export async function sendRegister(
  register: Register,
  desk: Desk,
  pause: () => Promise<void> | undefined,
): Promise<void> {
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
