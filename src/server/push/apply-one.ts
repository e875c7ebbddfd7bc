/** One mutation against the state that a push builds up: allowed, valid, merged; or why not. */
import { instantToDay, type Day } from '#domain/day.ts'
import type { FieldProblem } from '#domain/field.ts'
import { defaultPolicy } from '#domain/policy-in-force.ts'
import type { Policy } from '#domain/policy.ts'
import { traits, type Kind } from '#domain/record.ts'
import { problemsOfNew, problemsOfPatched } from '#domain/schemas.ts'
import { residentProblems } from '#domain/resident-check.ts'
import { merge, type FieldMark } from '#protocol/merge.ts'
import type { Mutation } from '#protocol/mutation.ts'
import { undoWithinMs } from '../access.ts'
import type { RecordRow } from '../db/records.ts'
import { areHandColoursAllowed } from './by-hand.ts'
import { clashRecord } from './clash-record.ts'
import { findRecord, keyOf, lookUp, type ChangeRow, type Draft, type Refused } from './draft.ts'
import { followMerged } from './merged.ts'
import { leaveSign, moveTo } from './move.ts'
import type { PlanContext } from './plan.ts'
import { policyProblems, problemOfPolicy } from './policy.ts'
import { problemOfScheme } from './scheme.ts'
import { problemOfPlace, streamFor, streamNow, withTarget } from './whereabouts.ts'

/** Applies it to the draft; null where it was, else the draft is of no use any more. */
export function applyOne(given: Mutation, draft: Draft, context: PlanContext): Refused | null {
  const find = (key: string) => findRecord(draft, context.records, key)
  const correctedAt = correctedMoment(given.at, context)
  const recordedAt = Date.parse(correctedAt)
  const stream = streamFor(given, streamNow(given, find, context.successors), recordedAt, context)
  const aimed = withTarget(given, stream, find, context.successors)
  // Permission comes before existence: who may not write there learns nothing about what is there.
  const denied = problemOfPlace(aimed, stream, recordedAt, context)
  if (denied) return { problem: denied }
  const { id, seq } = given
  // The same intent under another seq (a device that lost count): applied once, answered again.
  const had = (place: string) =>
    lookUp(draft, (layer) => layer.applied, context.applied, keyOf(place, id))
  const before = had(stream) ?? had(given.stream)
  if (before !== undefined) {
    draft.receipts.push({ id, seq, ok: true, version: before })
    return null
  }
  const followed = followMerged(aimed, stream, find)
  if ('problem' in followed) return followed
  const { mutation } = followed
  // A closed grid without one that took it over: nothing new comes into it.
  if (mutation.op === 'create' && context.closed?.has(stream))
    return { problem: 'stream-not-yours' }
  if (mutation.kind === 'scheme') {
    const refused = problemOfScheme(mutation, draft, context)
    if (refused) return refused
  }
  if (mutation.kind === 'policy') {
    const refused = problemOfPolicy(mutation, context.policies, policiesIn(draft))
    if (refused) return refused
  }
  const key = keyOf(stream, mutation.record)
  const held = find(key)
  const version = (lookUp(draft, (layer) => layer.heads, context.heads, stream) ?? 0) + 1
  const mark: FieldMark = {
    version,
    device: mutation.device,
    at: correctedAt,
    by: context.account.id,
    mutation: id,
  }
  const result =
    mutation.op === 'create'
      ? created(mutation, stream, held, mark, context)
      : mutation.op === 'remove'
        ? removed(mutation, held, mark, context)
        : patched(mutation, held, mark, context)
  if ('problem' in result) return result
  const [mine] = draft.layers
  const done: Done = { stream, version, changed: result.changed }
  if (goesElsewhere(mutation, stream, result)) {
    const moved = moveTo(mutation, result.record, mutation.to, { draft, context, correctedAt })
    if ('problem' in moved) return moved
    done.stream = mutation.to
    done.version = moved.version
    done.changed = { ...result.changed, stream: [stream, mutation.to] }
  } else {
    mine.written.set(key, result.record)
    mine.heads.set(stream, version)
    if (mutation.op === 'create' && stream !== mutation.stream) {
      leaveSign(mutation, result.record, { draft, context, correctedAt })
    }
  }
  for (const clash of result.clashes ?? []) {
    const head = (mine.heads.get(done.stream) ?? 0) + 1
    const record = clashRecord(done.stream, mutation, clash, head, context.ids())
    mine.written.set(keyOf(done.stream, record.id), record)
    mine.heads.set(done.stream, head)
  }
  mine.applied.set(keyOf(done.stream, id), done.version)
  draft.changes.push({
    mutation,
    stream: done.stream,
    version: done.version,
    correctedAt,
    fields: done.changed,
  })
  draft.receipts.push({ id, seq, ok: true, version: done.version })
  const stands = mutation.op === 'patch' ? done.changed : mutation.fields
  const placed = isPlacedBy(mutation.kind, stands)
  draft.touched.push({ seq, key: keyOf(done.stream, mutation.record), placed })
  return null
}

/** Where a mutation led to. */
interface Done {
  stream: string
  version: number
  changed: ChangeRow['fields']
}

/** A patch that names another stream, unless somebody else's later word about the parent stands. */
function goesElsewhere(
  mutation: Mutation,
  stream: string,
  { changed }: Outcome,
): mutation is Mutation & { readonly to: string } {
  const { op, to, kind } = mutation
  if (op !== 'patch' || to === undefined || to === stream) return false
  return traits[kind].belongsTo === undefined || isPlacedBy(kind, changed)
}

/** Whether some fields say anew what a record stands in or goes along with. */
function isPlacedBy(kind: Kind, fields: Readonly<Record<string, unknown>>): boolean {
  const { belongsTo, mergesInto } = traits[kind]
  return [belongsTo?.field, mergesInto].some((field) => field !== undefined && field in fields)
}

interface Outcome {
  readonly record: RecordRow
  readonly changed: ChangeRow['fields']
  readonly clashes?: ReturnType<typeof merge>['clashes']
}

function created(
  mutation: Mutation,
  stream: string,
  held: RecordRow | undefined,
  mark: FieldMark,
  context: PlanContext,
): Outcome | Refused {
  if (held) return { problem: held.removed ? 'record-gone' : 'record-exists' }
  const { fields, noted } = momentsMended(mutation.fields, mark.at, context.now)
  const wrong = problemsOf(mutation.kind, fields, null, context.now)
  if (wrong.length > 0) return { problem: 'invalid-fields', fields: wrong }
  const unwanted = policyProblemsOf(mutation.kind, stream, {}, fields, context)
  if (unwanted.length > 0) return { problem: 'invalid-fields', fields: unwanted }
  if (!areHandColoursAllowed({}, fields, context.account))
    return { problem: 'second-person-needed' }
  const record: RecordRow = {
    stream,
    id: mutation.record,
    kind: mutation.kind,
    version: mark.version,
    fields,
    created: mark,
    marks: {},
    removed: false,
    at: mark.at,
    by: context.account.id,
    movedTo: null,
    moves: 0,
  }
  return { record, changed: noted }
}

function patched(
  mutation: Mutation,
  held: RecordRow | undefined,
  mark: FieldMark,
  context: PlanContext,
): Outcome | Refused {
  if (!held || held.removed || held.kind !== mutation.kind) return { problem: 'record-gone' }
  const { fields, marks, changed, clashes } = merge(held, mutation, mark, held.stream)
  const wrong = problemsOf(held.kind, fields, Object.keys(mutation.fields), context.now)
  if (wrong.length > 0) return { problem: 'invalid-fields', fields: wrong }
  const unwanted = policyProblemsOf(held.kind, held.stream, held.fields, fields, context)
  if (unwanted.length > 0) return { problem: 'invalid-fields', fields: unwanted }
  if ('overrides' in changed && !areHandColoursAllowed(held.fields, fields, context.account)) {
    return { problem: 'second-person-needed' }
  }
  return { record: { ...held, version: mark.version, fields, marks }, changed, clashes }
}

/** Taking one's own work back. The tombstone holds nothing any more; the change keeps what it was. */
function removed(
  mutation: Mutation,
  held: RecordRow | undefined,
  mark: FieldMark,
  context: PlanContext,
): Outcome | Refused {
  if (!held || held.removed || held.kind !== mutation.kind) return { problem: 'record-gone' }
  const age = Date.parse(mark.at) - Date.parse(held.created.at)
  if (held.by !== context.account.id || age > undoWithinMs) return { problem: 'not-allowed' }
  const changed = Object.fromEntries(
    Object.entries(held.fields).map(([name, value]) => [name, [value, null] as const]),
  )
  return {
    record: { ...held, version: mark.version, removed: true, fields: {}, marks: {} },
    changed,
  }
}

/** `patchedFields` null: all fields are judged, else only those. */
function problemsOf(
  kind: Kind,
  fields: Readonly<Record<string, unknown>>,
  patchedFields: readonly string[] | null,
  now: number,
): FieldProblem[] {
  const own = patchedFields
    ? problemsOfPatched(kind, fields, patchedFields)
    : problemsOfNew(kind, fields)
  if (own.length > 0) return own
  const { at } = fields
  if (typeof at === 'string' && Number.isNaN(Date.parse(at))) {
    return [{ field: 'at', problem: 'not-an-instant' }]
  }
  if (kind !== 'resident') return []
  const today: Day = instantToDay(new Date(now).toISOString())
  const cross = residentProblems(fields, today)
  return patchedFields ? cross.filter(({ field }) => patchedFields.includes(field)) : cross
}

/** What the office does not ask any more, or asks for beside it. */
function policyProblemsOf(
  kind: Kind,
  stream: string,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  { policies, now }: PlanContext,
): FieldProblem[] {
  if (kind !== 'resident') return []
  return policyProblems(policies.get(stream) ?? defaultPolicy, before, after, now)
}

/** Policies that were saved earlier in the same push. */
function* policiesIn({ layers }: Draft): Generator<Policy> {
  for (const { written } of layers) {
    for (const record of written.values()) {
      if (record.kind === 'policy') yield record.fields as Policy
    }
  }
}

/** The device's moment by the server's clock; never later than now, since nobody acts in the future. */
function correctedMoment(at: string, { skewMs, now }: PlanContext): string {
  return new Date(Math.min(Date.parse(at) - skewMs, now)).toISOString()
}

/** A visit or reveal dated after now takes the corrected moment, and the change keeps what the device said. */
function momentsMended(
  fields: Readonly<Record<string, unknown>>,
  correctedAt: string,
  now: number,
): { readonly fields: Readonly<Record<string, unknown>>; readonly noted: ChangeRow['fields'] } {
  const { at } = fields
  if (typeof at !== 'string' || !(Date.parse(at) > now)) return { fields, noted: {} }
  return { fields: { ...fields, at: correctedAt }, noted: { at: [at, correctedAt] } }
}
