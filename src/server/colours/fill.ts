/** Colours of a whole stream: after filling it, and under a new scheme. */
import type { Transaction } from 'kysely'
import { instantToDay } from '#domain/day.ts'
import { writeRecords } from '../db/records.ts'
import type { Database } from '../db/schema.ts'
import { raiseHeads } from '../db/proofs.ts'
import { lockStreams } from '../db/streams.ts'
import { loadWholeStreams } from './load.ts'
import { schemeOf } from './scheme.ts'
import { writeColours } from './write.ts'

/**
 * The edition of what is kept of each subject. Raised where a version of the program keeps more than the one before:
 * every stream is then gone through once. 1: households with the day on which a call is due. 2: what requests of help
 * say. 3: whom coverage means, and when they were met last. 4: of
 * two doors of a person the one behind which they live. 5: the day on which somebody looks at care, as a due visit. 6:
 * the stream of a place that has a scheme is coloured after all that the scheme governs (`recolour.ts`).
 */
export const edition = 6

export interface ColourClock {
  readonly now: number
  readonly ids: () => string
}

/** Colours every subject of a stream; those that had none get a first one without a record. */
export async function colourStream(
  trx: Transaction<Database>,
  stream: string,
  clock: ColourClock,
  cause: 'facts' | 'scheme' = 'facts',
): Promise<number> {
  const locked = await lockStreams(trx, [stream])
  const head = locked.get(stream)?.head ?? 0
  const home = (await loadWholeStreams(trx, [stream])).get(stream)
  if (!home) throw new Error('no stream was read')
  const at = new Date(clock.now).toISOString()
  const scheme = await schemeOf(trx, stream)
  const colouring = { stream, at, today: instantToDay(at), cause, scheme, ids: clock.ids }
  const coloured = await writeColours(trx, { home, gone: [], head, colouring })
  await writeRecords(trx, coloured.records)
  await raiseHeads(trx, new Map([[stream, coloured.head]]))
  await trx
    .updateTable('stream')
    .set({ coloured_by: scheme.id, coloured_with: edition })
    .where('id', '=', stream)
    .execute()
  return coloured.records.length
}
