/**
 * What a push does, decided in memory: mutations in order, batch by batch, against the records that were loaded under
 * lock. Nothing here waits or writes, so that a refusal leaves no trace and the same input gives the same plan.
 */
import type { Role } from '#domain/account.ts'
import { instantToDay, type Day } from '#domain/day.ts'
import { problemsOfNew, problemsOfPatched, traits, type Kind } from '#domain/record.ts'
import type { FieldProblem } from '#domain/field.ts'
import type { Resident } from '#domain/resident.ts'
import { residentProblems } from '#domain/resident-check.ts'
import { merge, type FieldMark } from '#protocol/merge.ts'
import type { Mutation, Receipt } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'
import { problemOfAccess, undoWithinMs } from '../access.ts'
import { parentOf, type RecordRow } from '../db/records.ts'

/** A mutation that could be read, or the refusal of one that could not. */
export type Incoming =
  | { readonly mutation: Mutation }
  | { readonly id: string; readonly seq: number; readonly problem: Problem }

export interface PlanContext {
  readonly account: { readonly id: string; readonly role: Role }
  readonly scope: ReadonlyMap<string, { readonly own: boolean }>
  /** Records touched or referred to, by stream and id. */
  readonly records: ReadonlyMap<string, RecordRow>
  readonly heads: ReadonlyMap<string, number>
  /** Device time minus server time. */
  readonly skewMs: number
  readonly now: number
  readonly ids: () => string
}

export interface ChangeRow {
  readonly mutation: Mutation
  readonly version: number
  readonly correctedAt: string
  readonly fields: Readonly<Record<string, readonly [unknown, unknown]>>
}

export interface Plan {
  readonly receipts: readonly Receipt[]
  /** Written records as they are after the push, one each. */
  readonly written: ReadonlyMap<string, RecordRow>
  readonly changes: readonly ChangeRow[]
  readonly heads: ReadonlyMap<string, number>
}

export const keyOf = (stream: string, id: string) => `${stream}/${id}`

type Refused = { readonly problem: Problem; readonly fields?: readonly FieldProblem[] }

/** The state that a batch builds up; kept only if all of it is good. */
interface Draft {
  readonly written: Map<string, RecordRow>
  readonly heads: Map<string, number>
  readonly changes: ChangeRow[]
  readonly receipts: Receipt[]
}

export function planPush(incoming: readonly Incoming[], context: PlanContext): Plan {
  const done: Draft = { written: new Map(), heads: new Map(), changes: [], receipts: [] }
  for (const batch of batchesOf(incoming)) {
    const draft: Draft = {
      written: new Map(),
      heads: new Map(done.heads),
      changes: [],
      receipts: [],
    }
    let refused: { readonly seq: number; readonly why: Refused } | null = null
    for (const item of batch) {
      const why = 'mutation' in item ? applyOne(item.mutation, draft, done, context) : item
      if (why) {
        const seq = 'mutation' in item ? item.mutation.seq : item.seq
        refused = { seq, why: { problem: why.problem, ...fieldsOf(why) } }
        break
      }
    }
    if (refused) {
      done.receipts.push(...refusals(batch, refused.seq, refused.why))
      continue
    }
    for (const [key, record] of draft.written) done.written.set(key, record)
    for (const [stream, head] of draft.heads) done.heads.set(stream, head)
    done.changes.push(...draft.changes)
    done.receipts.push(...draft.receipts)
  }
  return done
}

/** Mutations of one batch stand side by side; one without a batch stands alone. */
function batchesOf(incoming: readonly Incoming[]): Incoming[][] {
  const batches: Incoming[][] = []
  let last: string | null = null
  for (const item of incoming) {
    const batch = 'mutation' in item ? item.mutation.batch : null
    if (batch !== null && batch === last) batches.at(-1)?.push(item)
    else batches.push([item])
    last = batch
  }
  return batches
}

function refusals(batch: readonly Incoming[], guilty: number, why: Refused): Receipt[] {
  return batch.map((item) => {
    const { id, seq } = 'mutation' in item ? item.mutation : item
    if (seq !== guilty) return { id, seq, ok: false, problem: 'batch-refused' }
    return { id, seq, ok: false, problem: why.problem, ...fieldsOf(why) }
  })
}

function fieldsOf(why: Refused) {
  return why.fields ? { fields: why.fields.map((problem) => ({ ...problem })) } : {}
}

function applyOne(
  mutation: Mutation,
  draft: Draft,
  done: Draft,
  context: PlanContext,
): Refused | null {
  // Permission comes before existence: who may not write there learns nothing about what is there.
  const denied = problemOfAccess(context.account.role, context.scope, mutation)
  if (denied) return { problem: denied }
  const key = keyOf(mutation.stream, mutation.record)
  const find = (stream: string, id: string) =>
    draft.written.get(keyOf(stream, id)) ??
    done.written.get(keyOf(stream, id)) ??
    context.records.get(keyOf(stream, id))
  const held = find(mutation.stream, mutation.record)
  const correctedAt = correctedMoment(mutation.at, context)
  const head = draft.heads.get(mutation.stream) ?? context.heads.get(mutation.stream) ?? 0
  let version = head + 1
  const mark: FieldMark = {
    version,
    device: mutation.device,
    at: correctedAt,
    by: context.account.id,
    mutation: mutation.id,
  }
  const today = instantToDay(new Date(context.now).toISOString())
  let next: RecordRow
  let changed: ChangeRow['fields'] = {}
  if (mutation.op === 'create') {
    if (held) return { problem: held.removed ? 'record-gone' : 'record-exists' }
    const wrong = problemsOf(mutation.kind, mutation.fields, null, today)
    if (wrong.length > 0) return { problem: 'invalid-fields', fields: wrong }
    next = {
      stream: mutation.stream,
      id: mutation.record,
      kind: mutation.kind,
      version,
      fields: mutation.fields,
      created: mark,
      marks: {},
      removed: false,
      at: correctedAt,
      by: context.account.id,
    }
  } else {
    if (!held || held.removed || held.kind !== mutation.kind) return { problem: 'record-gone' }
    if (mutation.op === 'remove') {
      const age = context.now - Date.parse(held.created.at)
      if (held.by !== context.account.id || age > undoWithinMs) return { problem: 'not-allowed' }
      next = { ...held, version, removed: true, fields: {}, marks: {} }
    } else {
      const merged = merge({ ...held }, mutation, mark)
      const patched = Object.keys(mutation.fields)
      const wrong = problemsOf(held.kind, merged.fields, patched, today)
      if (wrong.length > 0) return { problem: 'invalid-fields', fields: wrong }
      changed = merged.changed
      next = { ...held, version, fields: merged.fields, marks: merged.marks }
      for (const clash of merged.clashes) {
        version += 1
        const record = clashRecord(mutation, clash, version, context.ids())
        draft.written.set(keyOf(mutation.stream, record.id), record)
      }
    }
  }
  if (!next.removed && isOrphan(next, find)) return { problem: 'reference-missing' }
  draft.written.set(key, next)
  draft.heads.set(mutation.stream, version)
  draft.changes.push({ mutation, version: next.version, correctedAt, fields: changed })
  draft.receipts.push({ id: mutation.id, seq: mutation.seq, ok: true, version: next.version })
  return null
}

/** A clash keeps both values in the same stream until somebody settles it. */
function clashRecord(
  mutation: Mutation,
  clash: ReturnType<typeof merge>['clashes'][number],
  version: number,
  id: string,
): RecordRow {
  const side = ({ value, mark }: (typeof clash)['kept']) => ({
    value: value ?? null,
    at: mark.at,
    by: mark.by ?? null,
    mutation: mark.mutation ?? null,
  })
  const at = clash.kept.mark.at
  return {
    stream: mutation.stream,
    id,
    kind: 'clash',
    version,
    fields: {
      kind: mutation.kind,
      record: mutation.record,
      field: clash.field,
      kept: side(clash.kept),
      lost: side(clash.lost),
    },
    created: { version, device: null, at },
    marks: {},
    removed: false,
    at,
    by: null,
  }
}

/** `patched` null: all fields are judged, else only those. */
function problemsOf(
  kind: Kind,
  fields: Readonly<Record<string, unknown>>,
  patched: readonly string[] | null,
  today: Day,
): FieldProblem[] {
  const own = patched ? problemsOfPatched(kind, fields, patched) : problemsOfNew(kind, fields)
  if (own.length > 0 || kind !== 'resident') return own
  const cross = residentProblems(fields as Partial<Resident>, today)
  return patched ? cross.filter(({ field }) => patched.includes(field)) : cross
}

const parentKind: Partial<Record<Kind, Kind>> = {
  resident: 'household',
  visit: 'household',
  household: 'dwelling',
  dwelling: 'building',
}

/** True where what it belongs to is not in the same stream. */
function isOrphan(
  record: RecordRow,
  find: (stream: string, id: string) => RecordRow | undefined,
): boolean {
  const kind = parentKind[record.kind]
  if (!kind || traits[record.kind].byServer) return false
  const parent = parentOf(record.kind, record.fields)
  const held = parent ? find(record.stream, parent) : undefined
  return !held || held.removed || held.kind !== kind
}

/** The device's moment by the server's clock; never later than now, since nobody acts in the future. */
function correctedMoment(at: string, context: PlanContext): string {
  const corrected = Date.parse(at) - context.skewMs
  return new Date(Math.min(corrected, context.now)).toISOString()
}
