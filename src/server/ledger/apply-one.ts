/** One mutation against the state that a push builds up: allowed, valid, merged; or why not. */
import { idBornIn } from '#domain/born-ids.ts'
import { instantToDay, type Day } from '#domain/day.ts'
import type { FieldProblem } from '#domain/field.ts'
import type { Policy } from '#domain/policy.ts'
import { traits, type Kind } from '#domain/record.ts'
import { problemsOfNew, problemsOfPatched } from '#domain/schemas.ts'
import { householdProblems } from '#domain/household.ts'
import { residentProblems } from '#domain/resident-check.ts'
import { merge, type FieldMark } from '#protocol/merge.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'
import type { RecordRow } from '../db/record-row.ts'
import { areHandColoursAllowed } from './by-hand.ts'
import { claimId, claimPart } from './claims.ts'
import { clashRecord } from './clash-record.ts'
import { problemOfAnswer } from './declarations.ts'
import { findRecord, keyOf, lookUp, type ChangeRow, type Draft, type Refused } from './draft.ts'
import { followUnits } from './errands.ts'
import { followMerged } from './merged.ts'
import { daysMended, momentOf, timesMended, type Moment } from './moments.ts'
import { judgedNew } from './judged-new.ts'
import { leaveSign, moveTo } from './move.ts'
import { isOfNewApp, policyProblemsOf, problemsByOwnRules } from './own-rules.ts'
import type { PlanContext } from './plan-context.ts'
import { problemOfPolicy } from './policy.ts'
import {
  judgeTwin,
  problemOfConfidence,
  problemOfRequest,
  writeTwin,
  type Twin,
} from './requests.ts'
import { problemOfTopic } from './topics.ts'
import { mayTakeBack } from './take-back.ts'
import { problemOfScheme, problemOfVersion } from './scheme.ts'
import { tellSurvivor } from './survivor.ts'
import { problemOfPlace, streamFor, streamNow, withTarget } from './whereabouts.ts'

/**
 * Applies it to the draft; null where it was, else the draft is of no use any more. Long: the rules stand in the order
 * in which they are asked, and what one finds the next ones use.
 */
export function applyOne(given: Mutation, draft: Draft, context: PlanContext): Refused | null {
  const find = (key: string) => findRecord(draft, context.records, key)
  const moment = momentOf(given, context)
  const correctedAt = moment.at
  const recordedAt = Math.max(
    Date.parse(correctedAt),
    context.notBefore?.get(given.seq) ?? -Infinity,
  )
  const stream = streamFor(given, streamNow(given, find, context.successors), recordedAt, context)
  const aimed = withTarget(given, stream, find, context.successors)
  // Permission comes before existence: who may not write there learns nothing about what is there.
  const denied = problemOfPlace(aimed, stream, recordedAt, context)
  if (denied) return { problem: denied }
  if (isTooOld(given.seq, stream, correctedAt, context)) return { problem: 'time-implausible' }
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
  let { mutation } = followed
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
  if (mutation.kind === 'catalogue' || mutation.kind === 'calendar') {
    const refused = problemOfVersion(mutation, draft, context)
    if (refused) return refused
  }
  const unclaimed = problemOfClaims(mutation, stream, find, draft, context)
  if (unclaimed) return { problem: unclaimed }
  const answered = problemOfAnswer(mutation, draft, context)
  if (answered) return { problem: answered }
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
  const unkept =
    problemOfConfidence(mutation, stream, draft, context) ??
    problemOfTopic(mutation, stream, draft, context)
  if (unkept) return unkept
  let twin: Twin | null = null
  const found = judgedNew(mutation, stream, correctedAt, draft, context)
  if ('problem' in found) return found
  mutation = { ...mutation, fields: found.fields }
  if (mutation.op === 'create' && mutation.kind === 'errand-step') {
    const found = judgeTwin(mutation, correctedAt, draft, context)
    if ('problem' in found) return found
    mutation = { ...mutation, fields: found.fields }
    twin = found.twin
  }
  const rows = [...draft.layers.map(({ written }) => written), context.records]
  const unfit = problemsByOwnRules(mutation, stream, correctedAt, find, rows)
  if (unfit.length > 0) return { problem: 'invalid-fields', fields: unfit }
  if (mutation.kind === 'request' && mutation.op === 'patch') {
    const refused = problemOfRequest(mutation, stream, draft, context)
    if (refused) return refused
  }
  const result =
    mutation.op === 'create'
      ? created(mutation, stream, held, mark, moment, context)
      : mutation.op === 'remove'
        ? removed(mutation, held, mark, context)
        : patched(mutation, held, mark, moment, context)
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
  if (mutation.kind === 'request-step' && mutation.op === 'create') {
    const { request } = mutation.fields
    followUnits(String(request), stream, mark, draft, context)
    tellSurvivor(String(request), stream, mark, draft, context)
  }
  // Whoever takes a consent back, or mends a number, is heard by the unit as well.
  if (mutation.kind === 'asker' && result.record.kind === 'asker') {
    followUnits(String(result.record.fields['request']), done.stream, mark, draft, context)
  }
  if (twin) writeTwin(twin, mark, draft, context)
  for (const clash of result.clashes ?? []) {
    const head = (mine.heads.get(done.stream) ?? 0) + 1
    const record = clashRecord(
      done.stream,
      mutation,
      clash,
      head,
      idBornIn(done.stream, context.ids()),
    )
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
  draft.touched.push({
    ...{ seq, key: keyOf(done.stream, mutation.record), cameFrom: key, placed },
    knowsConsents: isOfNewApp(mutation),
  })
  return null
}

/** Late work that says it is older than what its device numbered before it: `order.ts`. */
function isTooOld(
  seq: number,
  stream: string,
  correctedAt: string,
  { scope, notBefore }: PlanContext,
): boolean {
  return !scope.get(stream)?.own && Date.parse(correctedAt) < (notBefore?.get(seq) ?? -Infinity)
}

/** What a new record takes that can be taken once, and what it says about others. */
function problemOfClaims(
  mutation: Mutation,
  stream: string,
  find: (key: string) => RecordRow | undefined,
  draft: Draft,
  context: PlanContext,
): Problem | null {
  const { kind, op, fields } = mutation
  const { account, scope, heads, claimed = new Map() } = context
  if (kind === 'import' && op === 'patch' && fields['undoAsked']) {
    const spans = context.spans?.get(mutation.record) ?? []
    if (!spans.every((span) => scope.get(span)?.own)) return 'stream-not-yours'
  }
  if (op !== 'create') return null
  // Of what is there already it is told so, whatever its id says.
  if (!find(keyOf(stream, mutation.record))) {
    const problem = claimId(mutation, stream, { draft, claimed, heads, find })
    if (problem) return problem
  }
  if (kind === 'import-part') {
    const problem = claimPart(mutation, stream, account.id, { draft, claimed, heads, find })
    if (problem) return problem
  }
  return isAboutNobody(kind, stream, fields, find) ? 'reference-missing' : null
}

/** That somebody looked at a person, or asks about one, names a person whom this stream has, or had. */
function isAboutNobody(
  kind: Kind,
  stream: string,
  fields: Mutation['fields'],
  find: (key: string) => RecordRow | undefined,
): boolean {
  const { about, beside } = traits[kind]
  const subject = fields[beside ?? about ?? '']
  const kinds = aboutPersons[kind]
  if (!kinds || typeof subject !== 'string') return false
  const held = find(keyOf(stream, subject))
  return !held || !kinds.includes(held.kind)
}

/** A landlord's name and telephone stand on the dwelling. */
const aboutPersons: Partial<Record<Kind, readonly Kind[]>> = {
  reveal: ['resident', 'dwelling'],
  export: ['resident'],
  inquiry: ['resident'],
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
  moment: Moment,
  context: PlanContext,
): Outcome | Refused {
  if (held) return { problem: held.removed ? 'record-gone' : 'record-exists' }
  const { fields, noted } = timesMended(
    mutation.kind,
    mutation.fields,
    mutation,
    moment,
    context.now,
  )
  const wrong = problemsOf(mutation.kind, fields, null, context.now)
  if (wrong.length > 0) return { problem: 'invalid-fields', fields: wrong }
  const unwanted = policyProblemsOf(mutation, stream, {}, fields, context)
  if (unwanted.length > 0) return { problem: 'invalid-fields', fields: unwanted }
  if (!areHandColoursAllowed(mutation.kind, {}, fields, context.account))
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
  moment: Moment,
  context: PlanContext,
): Outcome | Refused {
  if (!held || held.removed || held.kind !== mutation.kind) return { problem: 'record-gone' }
  const { fields: dated } = daysMended(held.kind, mutation.fields, mutation.at, moment)
  const meant = { ...mutation, fields: dated }
  const { fields, marks, changed, clashes } = merge(held, meant, mark, held.stream)
  const wrong = problemsOf(held.kind, fields, Object.keys(mutation.fields), context.now)
  if (wrong.length > 0) return { problem: 'invalid-fields', fields: wrong }
  const unwanted = policyProblemsOf(mutation, held.stream, held.fields, fields, context)
  if (unwanted.length > 0) return { problem: 'invalid-fields', fields: unwanted }
  const isAllowed = areHandColoursAllowed(held.kind, held.fields, fields, context.account)
  if ('overrides' in changed && !isAllowed) {
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
  if (!mayTakeBack(held, mark, context)) return { problem: 'not-allowed' }
  const said = held.kind === 'photo' ? { host: held.fields['host'] } : held.fields
  const changed = Object.fromEntries(
    Object.entries(said).map(([name, value]) => [name, [value, null] as const]),
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
  if (kind !== 'resident' && kind !== 'household') return []
  const today: Day = instantToDay(new Date(now).toISOString())
  const cross = (kind === 'resident' ? residentProblems : householdProblems)(fields, today)
  return patchedFields ? cross.filter(({ field }) => patchedFields.includes(field)) : cross
}

/** Policies that were saved earlier in the same push. */
function* policiesIn({ layers }: Draft): Generator<Policy> {
  for (const { written } of layers) {
    for (const record of written.values()) {
      if (record.kind === 'policy') yield record.fields as Policy
    }
  }
}
