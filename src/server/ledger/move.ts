/** A record goes to another stream with all that belongs to it: tombstones in the old one, records in the new one. */
import { companionOf } from '#domain/record.ts'
import { carriedMark, type FieldMark } from '#protocol/merge.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { RecordRow } from '../db/record-row.ts'
import { findRecord, keyOf, lookUp, type Draft, type Refused } from './draft.ts'
import type { PlanContext } from './plan-context.ts'

/** What a move looks at: the records, and how far each stream is. */
export type MovingIn = Pick<PlanContext, 'records' | 'heads' | 'ids'>

interface Moving {
  readonly draft: Draft
  readonly context: MovingIn
  readonly correctedAt: string
}

/** `top` as its patch leaves it. Returns its version in the new stream. */
export function moveTo(
  mutation: Mutation,
  top: RecordRow,
  to: string,
  { draft, context, correctedAt }: Moving,
): { readonly version: number } | Refused {
  const from = top.stream
  const below = allBelow(from, top.id, draft, context)
  const isTaken = [top, ...below].some(({ id }) => {
    const there = findRecord(draft, context.records, keyOf(to, id))
    return there !== undefined && there.movedTo === null
  })
  if (isTaken) return { problem: 'record-exists' }
  const [mine] = draft.layers
  const next = (stream: string) => {
    const head = (lookUp(draft, (layer) => layer.heads, context.heads, stream) ?? 0) + 1
    mine.heads.set(stream, head)
    return head
  }
  // The top last, where it leaves: its line in the log says how old the tombstones before it are.
  for (const record of [...below, top]) {
    const gone = {
      ...record,
      version: next(from),
      removed: true,
      fields: {},
      marks: {},
      movedTo: to,
    }
    mine.written.set(keyOf(from, record.id), gone)
  }
  const left = lookUp(draft, (layer) => layer.heads, context.heads, from) ?? 0
  draft.departures.push({
    id: context.ids(),
    mutation,
    stream: from,
    version: left,
    correctedAt,
    fields: { stream: [from, to] },
  })
  // First, where it arrives: nothing stands there before what it belongs to.
  let version = 0
  for (const record of [top, ...below]) {
    const came = carried(record, to, next(to), mutation)
    mine.written.set(keyOf(to, record.id), came)
    draft.moved.push({ from, to, record: record.id, version: came.version })
    version ||= came.version
  }
  return { version }
}

/**
 * What was made for a stream that its parent has left since stands in the other one from the start, and its tombstone
 * in the first: whatever its author recorded next for it, by the same stream, finds the way.
 */
export function leaveSign(
  mutation: Mutation,
  made: RecordRow,
  { draft, context, correctedAt }: Moving,
): void {
  const from = mutation.stream
  const head = lookUp(draft, (layer) => layer.heads, context.heads, from)
  // A stream that is not locked is none of the author's any more, in no way.
  if (head === undefined) return
  const [mine] = draft.layers
  const version = head + 1
  const gone = { stream: from, version, removed: true, fields: {}, marks: {}, movedTo: made.stream }
  mine.written.set(keyOf(from, made.id), { ...made, ...gone })
  mine.heads.set(from, version)
  draft.departures.push({
    id: context.ids(),
    mutation,
    stream: from,
    version,
    correctedAt,
    fields: { stream: [from, made.stream] },
  })
}

function carried(record: RecordRow, to: string, version: number, mutation: Mutation): RecordRow {
  // What this very patch set was never part of the old stream.
  const carry = (mark: FieldMark) =>
    mark.mutation === mutation.id ? { ...mark, version } : carriedMark(mark, record.stream, version)
  const marks = Object.entries(record.marks).map(([field, mark]) => [field, carry(mark)] as const)
  return {
    ...record,
    stream: to,
    version,
    created: carry(record.created),
    marks: Object.fromEntries(marks),
    moves: record.moves + 1,
  }
}

/** Living records that stand in one, or are about one, and so on; in the order of their versions. */
function allBelow(stream: string, top: string, draft: Draft, context: MovingIn): RecordRow[] {
  const [mine, decided] = draft.layers
  const keys = new Set(
    [mine.written, decided.written, context.records].flatMap((map) => [...map.keys()]),
  )
  const byParent = new Map<string, RecordRow[]>()
  for (const key of keys) {
    const record = findRecord(draft, context.records, key)
    if (!record || record.removed || record.stream !== stream) continue
    const parent = companionOf(record.kind, record.fields)
    if (parent === null) continue
    const siblings = byParent.get(parent)
    if (siblings) siblings.push(record)
    else byParent.set(parent, [record])
  }
  const found = new Map<string, RecordRow>()
  const waiting = [top]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const record of byParent.get(id) ?? []) {
      if (record.id === top || found.has(record.id)) continue
      found.set(record.id, record)
      waiting.push(record.id)
    }
  }
  return [...found.values()].sort((a, b) => a.version - b.version)
}
