import { isSame } from '#protocol/merge.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { WireChange } from '#protocol/pull.ts'
import { step, type AnyRecord, type Waiting } from './base-and-pending.ts'
import type { HistoryLine, Register } from './register.ts'

/** Newest first: what waits on this device, what the server applied, and the making of the record. */
export function historyIn(
  register: Pick<Register, 'get' | 'traces'>,
  id: string,
): readonly HistoryLine[] {
  const { waiting, changes } = register.traces(id)
  const record = (['resident', 'household', 'dwelling', 'building'] as const)
    .map((kind) => register.get(kind, id))
    .find(Boolean)
  const pending = linesOf(waiting).reverse()
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

function descending(a: string, b: string): number {
  return a === b ? 0 : a > b ? -1 : 1
}

/** What waits for a record, oldest first, each as a line of its history. */
export function linesOf({ base, mutations }: Waiting): HistoryLine[] {
  const lines: HistoryLine[] = []
  let record = base
  for (const mutation of mutations) {
    const after = step(record, mutation)
    if (after !== record || mutation.op === 'remove') {
      const fields = mutation.op === 'patch' ? differences(record, after, mutation) : {}
      lines.push({
        id: mutation.id,
        at: mutation.at,
        by: null,
        op: mutation.op,
        pending: true,
        fields,
      })
    }
    record = after
  }
  return lines
}

function differences(
  before: AnyRecord | undefined,
  after: AnyRecord | undefined,
  mutation: Mutation,
): Record<string, [unknown, unknown]> {
  const old = (before?.fields ?? {}) as Record<string, unknown>
  const next = (after?.fields ?? {}) as Record<string, unknown>
  return Object.fromEntries(
    Object.keys(mutation.fields)
      .filter((field) => !isSame(old[field], next[field]))
      .map((field) => [field, [old[field] ?? null, next[field] ?? null]]),
  )
}
