import type { WireChange } from '#protocol/pull.ts'
import type { AnyRecord } from './base-and-pending.ts'
import type { HistoryLine } from './register.ts'

/** A record that moved has lines of two streams. */
export interface ChangeOfStream {
  readonly stream: string
  readonly change: WireChange
}

/** Newest first: what waits on this device, what the server applied, and the making of the record. */
export function historyOf(
  id: string,
  record: AnyRecord | undefined,
  oldestFirst: readonly HistoryLine[],
  changes: readonly ChangeOfStream[],
): readonly HistoryLine[] {
  const pending = [...oldestFirst].reverse()
  const known = new Set(pending.map((line) => line.id))
  // The new stream has a copy of what a record brought along: of each change one line.
  const once = new Map(
    [...changes]
      .sort((a, b) => Number(a.stream === record?.stream) - Number(b.stream === record?.stream))
      .map((line) => [line.change.id, line]),
  )
  const lines = [...once.values()]
    .filter(({ change }) => !known.has(change.id))
    .sort(
      (a, b) =>
        // Versions count within one stream; what a record brought along from another is older.
        Number(b.stream === record?.stream) - Number(a.stream === record?.stream) ||
        (a.stream === b.stream ? 0 : descending(a.change.at, b.change.at)) ||
        b.change.version - a.change.version ||
        descending(a.change.at, b.change.at),
    )
    .map(({ change }) => ({
      id: change.id,
      at: change.at,
      ...(isFarOff(change) ? { saidAt: change.saidAt } : {}),
      by: change.by ?? null,
      op: change.op,
      pending: false,
      fields: change.fields,
    }))
  const isMade = record?.at !== undefined && !pending.some((line) => line.op === 'create')
  const made: HistoryLine[] = isMade
    ? [{ id, at: record.at ?? '', by: record.by ?? null, op: 'create', pending: false, fields: {} }]
    : []
  return [...pending, ...lines, ...made]
}

/** A clock that is some minutes off is not worth a word. */
function isFarOff({ at, saidAt }: WireChange): boolean {
  return saidAt !== undefined && Math.abs(Date.parse(saidAt) - Date.parse(at)) > 10 * 60_000
}

export function descending(a: string, b: string): number {
  return a === b ? 0 : a > b ? -1 : 1
}
