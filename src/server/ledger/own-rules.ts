/** What the schema of a new record cannot say by itself: rules of its kind that look at the day and at other records. */
import { approvalProblems, type Approval } from '#domain/approval.ts'
import { assessmentProblems, type Assessment } from '#domain/assessment.ts'
import { instantToDay, type Day } from '#domain/day.ts'
import { isLet } from '#domain/declaration.ts'
import type { Dwelling } from '#domain/dwelling.ts'
import type { FieldProblem } from '#domain/field.ts'
import { inquiryProblems } from '#domain/inquiry.ts'
import { judgeJpeg } from '#domain/jpeg.ts'
import {
  isOfUnit,
  mostPhotosOfErrand,
  mostThumbnailBytes,
  type ErrandPhoto,
} from '#domain/photo.ts'
import { defaultPolicy } from '#domain/policy-in-force.ts'
import type { Policy } from '#domain/policy.ts'
import { problemsOfNew } from '#domain/schemas.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { RecordRow } from '../db/record-row.ts'
import { declarationProblems } from './declarations.ts'
import { keyOf } from './draft.ts'
import type { PlanContext } from './plan-context.ts'
import { gateProblems, policyProblems, vehicleProblems } from './policy.ts'

/** Empty where nothing is wrong, and where the schema says so anyway. */
export function problemsByOwnRules(
  mutation: Mutation,
  stream: string,
  correctedAt: string,
  find: (key: string) => RecordRow | undefined,
  sources: readonly ReadonlyMap<string, RecordRow>[],
): FieldProblem[] {
  const { kind, op, fields } = mutation
  if (op !== 'create' || !ruled.has(kind)) return []
  if (problemsOfNew(kind, fields).length > 0) return []
  const made = instantToDay(correctedAt)
  if (kind === 'approval') return problemsOfApproval(fields as Approval, made)
  if (kind === 'assessment') return assessmentProblems(fields as Assessment, made)
  if (isOneTooMany(mutation, sources)) return [{ field: 'errand', problem: 'too-many' }]
  if (kind === 'photo' || kind === 'errand-photo')
    return problemsOfThumbnail(String(fields['thumbnail']))
  if (kind === 'landlord-link') {
    const { use } = (find(keyOf(stream, String(fields['dwelling'])))?.fields ??
      {}) as Partial<Dwelling>
    // Of a home of owners nobody learns who lives there.
    return isLet(use) ? [] : [{ field: 'dwelling', problem: 'unknown-choice' }]
  }
  if (kind !== 'inquiry') return declarationProblems(mutation)
  const person = find(keyOf(stream, String(fields['resident'])))
  return inquiryProblems(fields, person?.fields ?? {}, made)
}

const ruled: ReadonlySet<string> = new Set([
  ...['approval', 'assessment', 'inquiry', 'photo', 'errand-photo'],
  ...['arrival', 'declaration-answer', 'landlord-link'],
])

/** It is shown at once, before anybody has looked at the picture: it is a picture, and nothing else is in it. */
function problemsOfThumbnail(thumbnail: string): FieldProblem[] {
  const bytes = Buffer.from(thumbnail, 'base64')
  const isGood = bytes.length <= mostThumbnailBytes && judgeJpeg(bytes, 320).ok
  return isGood ? [] : [{ field: 'thumbnail', problem: 'wrong-shape' }]
}

/** Whether a unit has taken as many of one errand as it may; all that it has are loaded. */
function isOneTooMany(
  { kind, op, fields, stream }: Mutation,
  sources: readonly ReadonlyMap<string, RecordRow>[],
): boolean {
  if (kind !== 'errand-photo' || op !== 'create') return false
  const taken = new Set<string>()
  for (const source of sources) {
    for (const row of source.values()) {
      if (row.kind !== kind || row.stream !== stream || row.removed) continue
      const of = row.fields as unknown as ErrandPhoto
      if (of.errand === fields['errand'] && isOfUnit(of)) taken.add(row.id)
    }
  }
  return taken.size >= mostPhotosOfErrand
}

/** None begins before it was made. */
function problemsOfApproval(approval: Approval, made: Day): FieldProblem[] {
  const early: FieldProblem[] =
    approval.from < made ? [{ field: 'from', problem: 'day-too-early', limit: made }] : []
  return [...early, ...approvalProblems(approval)]
}

/** Only since version 3 a mutation says what its device heard last: before, forms asked for no guardian and no consent. */
export function isOfNewApp({ heard }: Mutation): boolean {
  return heard !== undefined
}

/** What the office does not ask any more, or asks for beside it; of an app of before no more than a saved policy says. */
export function policyProblemsOf(
  asked: Mutation,
  stream: string,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  { policies, now, account }: PlanContext,
): FieldProblem[] {
  if (asked.kind === 'arrival') return gateProblems(account.role, policies.get(stream))
  if (asked.kind === 'vehicle') return vehicleProblems(policies.get(stream), before, after)
  if (asked.kind !== 'resident') return []
  const own = isOfNewApp(asked) ? defaultPolicy : lenientPolicy
  return policyProblems(policies.get(stream) ?? own, before, after, now)
}

const lenientPolicy: Policy = { ...defaultPolicy, guardianRequired: false }
