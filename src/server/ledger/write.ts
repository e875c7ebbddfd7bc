/**
 * Writes to the register: the one way by which records, their log, their histories, the colours and counts that follow
 * from them, and the heads of their streams are written together. Pushes, imports and their undo, the purge, what the
 * calendar says of requests and what the office does to places and people all end here, so that none of them can leave
 * a part out. `tests/server/ledger/write.test.ts` holds each of them to it.
 */
import type { Transaction } from 'kysely'
import type { SchemeInForce } from '../colours/scheme-in.ts'
import { colourTouched } from '../colours/touched.ts'
import { calendarId, type ChainHead } from '../db/audit.ts'
import { raiseHeads } from '../db/proofs.ts'
import { writeRecords } from '../db/records.ts'
import type { RecordRow } from '../db/record-row.ts'
import type { Database } from '../db/schema.ts'
import type { RefusedLook } from './refused-look.ts'
import { copyHistory } from './copy-history.ts'
import type { ChangeRow, Departure, MovedRecord } from './draft.ts'
import { writeLogs, type Log, type LogContext } from './log.ts'
import { followHouseholds } from './plates.ts'

/** What is written. The streams of all of it are locked. */
interface Rows {
  /** The records as they were, by stream and id: of those that are written, and of what they stood in. */
  readonly before: ReadonlyMap<string, RecordRow>
  /** The records as they are now, by stream and id. */
  readonly written: ReadonlyMap<string, RecordRow>
  /** By stream, the version of the last of its records. */
  readonly heads: ReadonlyMap<string, number>
  readonly moved?: readonly MovedRecord[]
}

/** By one author. */
export interface Writing extends Rows {
  /** A line of the log each. */
  readonly changes: readonly ChangeRow[]
  readonly departures?: readonly Departure[]
  readonly refusedLooks?: readonly RefusedLook[]
}

/** By several authors, one after the other: what each of them left in the log. */
export interface SharedWriting extends Rows {
  readonly logs: readonly Log[]
}

export interface WriteContext {
  /** When it is written, milliseconds. */
  readonly now: number
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
export function write(
  trx: Transaction<Database>,
  { changes, departures = [], refusedLooks = [], ...rows }: Writing,
  context: WriteContext & LogContext,
): Promise<ReadonlyMap<string, number>> {
  const log = { changes, departures, refusedLooks, by: context }
  return writeTogether(trx, { ...rows, logs: [log] }, context)
}

/** The same of several authors at once, in as many statements as of one. */
export async function writeTogether(
  trx: Transaction<Database>,
  { before, written, heads, logs, moved = [] }: SharedWriting,
  context: WriteContext,
): Promise<ReadonlyMap<string, number>> {
  const records = [...written.values()]
  for (const slice of slicesOf(records)) {
    await writeRecords(trx, slice, before)
    await context.breathe?.()
  }
  const plates = await followHouseholds(
    trx,
    { before, written, heads },
    { ...context, ...authorOf(logs) },
  )
  await writeRecords(trx, plates.records)
  const all = withPlates(logs, plates.changes)
  const parts = all.flatMap(partsOf)
  if (parts.length === all.length) {
    await writeLogs(trx, all, context.chains)
  } else {
    for (const part of parts) {
      await writeLogs(trx, [part])
      await context.breathe?.()
    }
  }
  await copyHistory(trx, moved)
  const coloured = await colourTouched(trx, before, written, plates.heads, context)
  await raiseHeads(trx, coloured)
  return coloured
}

/** Whose act a plate follows. Of several authors none leaves a door: such a push goes by itself (`together.ts`). */
function authorOf([first]: readonly Log[]): Pick<LogContext, 'account'> {
  return { account: first?.by.account ?? { id: calendarId, role: null } }
}

function withPlates([first, ...others]: readonly Log[], changes: readonly ChangeRow[]): Log[] {
  return first ? [{ ...first, changes: [...first.changes, ...changes] }, ...others] : []
}

/** A log as large as a village comes in several parts. */
function partsOf(log: Log): readonly Log[] {
  const slices = slicesOf(log.changes)
  if (slices.length <= 1) return [log]
  return [
    ...slices.map((changes) => ({ changes, departures: [], refusedLooks: [], by: log.by })),
    { ...log, changes: [] },
  ]
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
