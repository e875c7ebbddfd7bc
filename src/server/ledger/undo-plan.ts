/** What taking an import back does, decided in memory: what it made is gone, what it changed is as it was, who it moved is back. */
import type { Import } from '#domain/import.ts'
import { traits } from '#domain/record.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { RecordRow } from '../db/record-row.ts'
import {
  createDraft,
  createLayer,
  decide,
  findRecord,
  keyOf,
  lookUp,
  type ChangeRow,
} from './draft.ts'
import { moveTo, type MovingIn } from './move.ts'
import type { Plan } from './plan.ts'

/** A line that the import left in the log of a stream. A record that it moved has its lines in both streams. */
export interface ImportLine extends Pick<Mutation, 'id' | 'record'> {
  readonly stream: string
  readonly op: Mutation['op']
  readonly fields: ChangeRow['fields']
}

/** Who asked, by which device, under which of its numbers, and when. */
export interface UndoAuthor {
  readonly account: string
  readonly device: string
  readonly seq: number
  readonly at: string
}

/** So many are decided before others have their turn. */
const slice = 400

/**
 * `records`: what the import wrote, where it is now and where it was, with all that stands in what it moved, and what
 * this stood in.
 * `clashes`: ids of those that only the import brought about; both values of each go.
 */
export async function planUndo(
  lines: readonly ImportLine[],
  clashes: readonly string[],
  context: MovingIn,
  by: UndoAuthor,
  breathe: () => Promise<void>,
): Promise<Plan | { readonly builtOn: readonly ParentBefore[] }> {
  const decided = createLayer()
  const draft = createDraft(decided)
  const [mine] = draft.layers
  const streams = [...context.heads.keys()]
  const find = (id: string) =>
    streams
      .map((stream) => findRecord(draft, context.records, keyOf(stream, id)))
      .find((record) => record && !record.removed)
  const next = (stream: string) => {
    const head = (lookUp(draft, (layer) => layer.heads, context.heads, stream) ?? 0) + 1
    mine.heads.set(stream, head)
    return head
  }
  for (const [index, line] of inReverse(lines).entries()) {
    if (index % slice === 0) await breathe()
    const held = find(line.record)
    if (!held) continue
    const { stream } = held
    const parent = parentBefore(held, line)
    const home = parent === null ? null : find(parent.record)
    // What it stood in has gone to a grid that the import did not touch: somebody has built on it.
    if (parent && !home) return { builtOn: [parent] }
    const mutation = asMutation(context.ids(), held, line.op, by)
    const before = home?.stream ?? line.fields['stream']?.[0]
    const isMoved = typeof before === 'string' && before !== stream && context.heads.has(before)
    const version = isMoved ? held.version : next(stream)
    const mark = {
      ...{ version, device: by.device, at: by.at, by: by.account },
      mutation: mutation.id,
    }
    const undone = undo(held, line, mark)
    const fields = differences(held, undone)
    const change = { mutation, correctedAt: by.at }
    if (!isMoved) {
      mine.written.set(keyOf(stream, held.id), undone)
      draft.changes.push({ ...change, stream, version, fields })
      continue
    }
    // An id is made once among all streams: nothing else can have taken its place.
    const moved = moveTo(mutation, undone, before, { draft, context, correctedAt: by.at })
    if ('problem' in moved) throw new Error(`undo: ${moved.problem}`)
    draft.changes.push({
      ...{ ...change, stream: before, version: moved.version },
      fields: { ...fields, stream: [stream, before] },
    })
  }
  for (const id of clashes) {
    const held = find(id)
    if (!held) continue
    const version = next(held.stream)
    mine.written.set(keyOf(held.stream, id), { ...held, ...nothing, version })
  }
  decide(draft)
  const { changes, departures, moved } = draft
  return {
    ...{ receipts: [], changes, departures, moved },
    written: decided.written,
    heads: decided.heads,
  }
}

type ParentBefore = Pick<NonNullable<Import['builtOn']>[number], 'kind' | 'record'>

/** What a record stood in before the import said otherwise; null where that did not change. */
function parentBefore({ kind }: RecordRow, { op, fields }: ImportLine): ParentBefore | null {
  const { belongsTo } = traits[kind]
  const was = op === 'patch' && belongsTo ? fields[belongsTo.field]?.[0] : undefined
  return belongsTo && typeof was === 'string' ? { kind: belongsTo.kind, record: was } : null
}

const nothing = { removed: true, fields: {}, marks: {} }

/** Each change once, the last one first: ids of the server are made in order. */
function inReverse(lines: readonly ImportLine[]): ImportLine[] {
  const once = new Map(lines.map((line) => [line.id, line]))
  return [...once.values()].sort((a, b) => (a.id < b.id ? 1 : -1))
}

function undo(
  held: RecordRow,
  { op, fields: changed }: ImportLine,
  mark: RecordRow['created'],
): RecordRow {
  const { version } = mark
  if (op === 'create') return { ...held, ...nothing, version }
  const fields: Record<string, unknown> = { ...held.fields }
  const marks: Record<string, RecordRow['created']> = { ...held.marks }
  for (const [name, [was]] of Object.entries(changed)) {
    if (name === 'stream') continue
    fields[name] = was
    marks[name] = mark
  }
  return { ...held, version, fields, marks }
}

function differences(held: RecordRow, undone: RecordRow): ChangeRow['fields'] {
  const names = new Set([...Object.keys(held.fields), ...Object.keys(undone.fields)])
  return Object.fromEntries(
    [...names]
      .map((name) => [name, [held.fields[name] ?? null, undone.fields[name] ?? null]] as const)
      .filter(([, [was, is]]) => was !== is),
  )
}

function asMutation(
  id: string,
  { stream, kind, id: record }: RecordRow,
  op: Mutation['op'],
  { device, seq, at }: UndoAuthor,
): Mutation {
  const undoing = op === 'create' ? 'remove' : 'patch'
  return {
    ...{ id, device, seq, at, batch: null, stream, kind, record },
    ...{ op: undoing, fields: {}, seen: 0 },
  }
}
