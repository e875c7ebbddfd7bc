/**
 * Writes to the register: the one way by which records, their log, their histories, the colours and counts that follow
 * from them, and the heads of their streams are written together. Pushes, imports and their undo, the purge, what the
 * calendar says of requests and what the office does to places and people all end here, so that none of them can leave
 * a part out. `tests/server/ledger/write.test.ts` holds each of them to it.
 */
import type { Transaction } from 'kysely'
import type { SchemeInForce } from '../colours/scheme-in.ts'
import { colourTouched } from '../colours/touched.ts'
import type { ChainHead } from '../db/audit.ts'
import { raiseHeads } from '../db/proofs.ts'
import { writeRecords } from '../db/records.ts'
import type { RecordRow } from '../db/record-row.ts'
import type { Database } from '../db/schema.ts'
import type { RefusedLook } from './refused-look.ts'
import { copyHistory } from './copy-history.ts'
import type { ChangeRow, Departure, MovedRecord } from './draft.ts'
import { writeLog, type LogContext } from './log.ts'
import { followHouseholds } from './plates.ts'

/** What is written. The streams of all of it are locked. */
export interface Writing {
  /** The records as they were, by stream and id: of those that are written, and of what they stood in. */
  readonly before: ReadonlyMap<string, RecordRow>
  /** The records as they are now, by stream and id. */
  readonly written: ReadonlyMap<string, RecordRow>
  /** By stream, the version of the last of its records. */
  readonly heads: ReadonlyMap<string, number>
  /** A line of the log each. */
  readonly changes: readonly ChangeRow[]
  readonly departures?: readonly Departure[]
  readonly refusedLooks?: readonly RefusedLook[]
  readonly moved?: readonly MovedRecord[]
}

export interface WriteContext extends LogContext {
  readonly ids: () => string
  /** Lets others have the processor between two slices: for what may be as large as a village. */
  readonly breathe?: () => Promise<void>
  /** Where the audit chains of the streams end, where it was read under the locks and nothing was added since. */
  readonly chains?: ReadonlyMap<string, ChainHead>
  /** The schemes in force, of streams for which they are known. */
  readonly schemes?: ReadonlyMap<string, SchemeInForce>
}

/** So many are written before others have their turn. */
const rowsAtOnce = 4_000

/** Returns the heads of the streams, the five-colour records that followed counted in. */
export async function write(
  trx: Transaction<Database>,
  { before, written, heads, changes, departures = [], refusedLooks = [], moved = [] }: Writing,
  context: WriteContext,
): Promise<ReadonlyMap<string, number>> {
  const records = [...written.values()]
  for (const slice of slicesOf(records)) {
    await writeRecords(trx, slice, before)
    await context.breathe?.()
  }
  const plates = await followHouseholds(trx, { before, written, heads }, context)
  await writeRecords(trx, plates.records)
  const [first = [], ...more] = slicesOf([...changes, ...plates.changes])
  if (more.length === 0) {
    await writeLog(trx, { changes: first, departures, refusedLooks }, context, context.chains)
  } else {
    for (const slice of [first, ...more]) {
      await writeLog(trx, { changes: slice, departures: [] }, context)
      await context.breathe?.()
    }
    await writeLog(trx, { changes: [], departures, refusedLooks }, context)
  }
  await copyHistory(trx, moved)
  const coloured = await colourTouched(trx, before, written, plates.heads, context)
  await raiseHeads(trx, coloured)
  return coloured
}

function slicesOf<T>(rows: readonly T[]): (readonly T[])[] {
  const slices: (readonly T[])[] = []
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    slices.push(rows.slice(from, from + rowsAtOnce))
  }
  return slices
}

/** Rows by stream and id, as `write` takes them. */
export function rowsByKey(rows: Iterable<RecordRow>): Map<string, RecordRow> {
  return new Map([...rows].map((row) => [`${row.stream}/${row.id}`, row]))
}
