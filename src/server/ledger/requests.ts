/**
 * What a push does to requests, beyond writing what it brings: a step is judged against the steps before it, and a
 * step that a unit makes in its own stream has its twin beside the request, in the same transaction.
 */
import { errandDueOf, inTimeOf } from '#domain/requests/clocks.ts'
import { courseOf } from '#domain/requests/course.ts'
import { mayKeepItemIn } from '#domain/requests/catalogue.ts'
import { photoOfRequest, type Errand, type ErrandStep } from '#domain/requests/errand.ts'
import { judgeStep } from '#domain/requests/judge.ts'
import { judgedFields, type RequestStep } from '#domain/requests/step.ts'
import { actorOf, type Actor } from '#domain/requests/transition.ts'
import type { FieldMark } from '#protocol/merge.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { RecordRow } from '../db/record-row.ts'
import { findRecord, keyOf, type Draft, type Refused } from './draft.ts'
import { followUnits, newRow, nextHead } from './errands.ts'
import type { PlanContext } from './plan-context.ts'
import { mayMergeInto, tellSurvivor } from './survivor.ts'
import { rulesFor, stepsOf, type StepContext, type Values } from './request-steps.ts'

/**
 * The fields of a step as they are stored: with what the server found. Refused where it may never be, or where an act
 * of the office was meant for another state of the request.
 */
export function judged(
  mutation: Mutation,
  stream: string,
  correctedAt: string,
  draft: Draft,
  context: PlanContext,
): { readonly fields: Values } | Refused {
  const { fields } = mutation
  // What a ledger had promised is said by an import alone, which an office looked over row by row.
  const isOwnWord = (name: (typeof judgedFields)[number]) =>
    context.isImport === true && name === 'ledgerDay' && fields['step'] === 'submit'
  const says = (name: string) => fields[name] !== undefined && fields[name] !== null
  if (judgedFields.some((name) => says(name) && !isOwnWord(name))) {
    return { problem: 'kind-not-yours' }
  }
  const said = fields as unknown as RequestStep
  const actor = actorOf(context.account.role)
  const request = findRecord(draft, context.records, keyOf(stream, said.request))
  if (request?.kind !== 'request' || request.removed) return { problem: 'reference-missing' }
  if (actor === null) return { problem: 'kind-not-yours' }
  const isMerging = said.step === 'merge' && typeof said.into === 'string'
  if (isMerging && !mayMergeInto(said.request, said.into, draft, context)) {
    return { problem: 'changed-meanwhile' }
  }
  return judgeAs(actor, null, { ...said, at: correctedAt }, stream, draft, context)
}

/** A step as it is stored beside its request, with what was found; `unit` is that of a handler who acts. */
export function judgeAs(
  actor: Actor,
  unit: string | null,
  said: RequestStep,
  stream: string,
  draft: Draft,
  context: StepContext,
): { readonly fields: Values } | Refused {
  const steps = stepsOf(said.request, stream, draft, context)
  const received = new Date(context.now).toISOString()
  if (said.step === 'submit') {
    // A request begins once; what says so again says nothing new.
    if (steps.length > 0) return { problem: 'record-exists' }
    return { fields: { ...said, actor, received, moved: true, to: 'submitted', unseen: 0 } }
  }
  const rules = rulesFor(stream, context)
  const { time } = rules
  const course = courseOf(steps)
  const request = findRecord(draft, context.records, keyOf(stream, said.request))
  const limits = rules.limitsOf(course.item ?? (request?.fields['item'] as string | undefined))
  const verdict = judgeStep(said, {
    steps,
    course,
    actor,
    by: context.account.id,
    unit,
    now: context.now,
    due: errandDueOf(steps, limits, time),
    time,
  })
  if (!verdict.ok) {
    switch (verdict.problem) {
      case 'not-allowed':
        return { problem: 'kind-not-yours' }
      case 'meanwhile-changed':
        return { problem: 'changed-meanwhile' }
      case 'field-missing':
        return {
          problem: 'invalid-fields',
          fields: [{ field: verdict.field ?? 'words', problem: 'required' }],
        }
    }
  }
  const inTime = verdict.moved ? inTimeOf(said, steps, limits, time, context.now) : undefined
  const found = verdict.moved
    ? {
        ...{ moved: true, from: verdict.from, to: verdict.to },
        ...(inTime === undefined ? {} : { inTime }),
      }
    : { moved: false, from: verdict.from, why: verdict.why }
  return { fields: { ...said, actor, received, unseen: verdict.unseen, ...found } }
}

/**
 * What no worker and nobody accused may hold stands in an office's own stream, says nothing of whom it is about, and
 * never goes to a unit. Null where a request may say this there, or where it says nothing of that.
 */
export function problemOfConfidence(
  mutation: Mutation,
  stream: string,
  draft: Draft,
  context: PlanContext,
): Refused | null {
  const { kind, fields, op } = mutation
  if (kind !== 'request' && kind !== 'request-step') return null
  const at = mutation.to ?? stream
  const rules = rulesFor(at, context)
  const request = kind === 'request' ? mutation.record : String(fields['request'])
  const held = findRecord(draft, context.records, keyOf(stream, request))
  const after: Values = kind === 'request' ? { ...held?.fields, ...fields } : (held?.fields ?? {})
  const item =
    rules.itemOf((kind === 'request-step' ? fields['item'] : null) as string | null) ??
    rules.itemOf(after['item'] as string | null)
  if (!item?.isStaffOnly && !item?.isAboutStaff) {
    // Nor is it brought out of the office's own stream under another name.
    const isLeaving = op === 'patch' && mutation.to !== undefined && at !== stream
    const before = isLeaving ? rules.itemOf(held?.fields['item'] as string | null) : null
    return before && !mayKeepItemIn(rules.office, before) ? { problem: 'stream-not-yours' } : null
  }
  if (!mayKeepItemIn(rules.office, item)) return { problem: 'stream-not-yours' }
  const isOfPerson = after['siteKind'] === 'resident' || after['siteKind'] === 'household'
  if (after['site'] && isOfPerson) return { problem: 'not-allowed' }
  const step = fields['step']
  const isSentOn = kind === 'request-step' && (step === 'dispatch' || step === 'add-unit')
  return isSentOn ? { problem: 'not-allowed' } : null
}

/** What a request says is mended while the office has not sent it on; after that, by notes and steps alone. */
export function problemOfRequest(
  mutation: Mutation,
  stream: string,
  draft: Draft,
  context: PlanContext,
): Refused | null {
  // Where it stands is no word of its own: it may follow its door at any time.
  const isWords = Object.keys(mutation.fields).some(
    (name) => name !== 'site' && name !== 'siteKind',
  )
  if (!isWords) return null
  const { state } = courseOf(stepsOf(mutation.record, stream, draft, context))
  return state === 'submitted' || state === 'accepted' ? null : { problem: 'changed-meanwhile' }
}

/** What a unit's step is beside its request: judged, and not written yet. */
export interface Twin {
  readonly request: string
  readonly stream: string
  readonly fields: Values
}

/** A unit's step as it is stored, and its twin; without one where the request is gone. */
export function judgeTwin(
  mutation: Mutation,
  correctedAt: string,
  draft: Draft,
  context: PlanContext,
): { readonly fields: Values; readonly twin: Twin | null } | Refused {
  const said = mutation.fields as unknown as ErrandStep
  if (said.moved !== undefined || said.why !== undefined) return { problem: 'kind-not-yours' }
  const errand = findRecord(draft, context.records, keyOf(mutation.stream, said.errand))
  if (errand?.kind !== 'errand') return { problem: 'reference-missing' }
  const of = errand.fields as unknown as Errand
  const request = findRequest(of, draft, context)
  // Its request was purged since: the unit keeps what it did, and nobody is left whom it could be told.
  if (!request) {
    const gone = { ...said, at: correctedAt, moved: false, why: 'errand-ended' }
    return { fields: gone, twin: null }
  }
  const { errand: _, suggested, ...rest } = said
  const step = {
    ...rest,
    ...{ request: of.request, unit: mutation.stream, at: correctedAt },
    ...(suggested ? { into: suggested } : {}),
    ...(rest.photos ? { photos: rest.photos.map((id) => photoOfRequest(of.request, id)) } : {}),
  } as unknown as RequestStep
  const found = judgeAs('handler', mutation.stream, step, request.stream, draft, context)
  if ('problem' in found) return found
  const { moved, why } = found.fields
  return {
    fields: { ...said, at: correctedAt, moved, ...(why ? { why } : {}) },
    twin: { request: of.request, stream: request.stream, fields: found.fields },
  }
}

/** After the unit's step: its twin stands beside the request, and what the units have of it follows. */
export function writeTwin(
  { request, stream, fields }: Twin,
  mark: FieldMark,
  draft: Draft,
  context: PlanContext,
): void {
  const version = nextHead(stream, draft, context)
  const id = context.ids()
  const row = newRow(stream, id, 'request-step', fields, { ...mark, version }, context)
  draft.layers[0].written.set(keyOf(stream, id), row)
  followUnits(request, stream, mark, draft, context)
  tellSurvivor(request, stream, mark, draft, context)
}

function findRequest(of: Errand, draft: Draft, context: PlanContext): RecordRow | null {
  let stream = of.stream
  for (let hop = 0; hop < 20; hop += 1) {
    const row = findRecord(draft, context.records, keyOf(stream, of.request))
    if (!row) return null
    if (!row.movedTo) return row.removed ? null : row
    stream = row.movedTo
  }
  return null
}
