/** What a push says of topics and voices, beyond what their schemas say: judged by what was read under the lock. */
import type { FieldProblem } from '#domain/field.ts'
import { isGrid } from '#domain/place.ts'
import type { Kind } from '#domain/record.ts'
import { standingOf } from '#domain/topics/standing.ts'
import type { TopicPart, TopicStep } from '#domain/topics/topic.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { RecordRow } from '../db/record-row.ts'
import { findRecord, type Draft, type Refused } from './draft.ts'
import type { PlanContext } from './plan-context.ts'
import { partsIn, type StandingHere, type TopicsBehind } from './topics-behind.ts'

/** Null where it may be said. After the schema: what has another shape is refused there. */
export function problemOfTopic(
  mutation: Mutation,
  stream: string,
  draft: Draft,
  context: PlanContext,
): Refused | null {
  const { kind, op, fields, record } = mutation
  const behind = context.topicsBehind
  if (!behind || op === 'remove') return null
  if (kind === 'topic') {
    if (op === 'patch' && standing(record, stream, draft, context).askedAt !== null) {
      return { problem: 'not-allowed' }
    }
    return 'parts' in fields || op === 'create'
      ? invalid(problemsOfParts(fields, stream, behind, draft))
      : null
  }
  if (op !== 'create') return null
  if (kind === 'voice') {
    const topic = String(fields['topic'])
    const isKnown = behind.topics.has(topic) || isMadeHere(topic, draft)
    return isKnown ? null : { problem: 'reference-missing' }
  }
  if (kind === 'topic-step') return problemOfStep(fields, stream, draft, context)
  return null
}

function invalid(fields: readonly FieldProblem[]): Refused | null {
  return fields.length > 0 ? { problem: 'invalid-fields', fields: [...fields] } : null
}

/**
 * A topic stands where a grid that is split or merged cannot take its doors away: in a community, or above. Its doors
 * stand in it or below it when it is made, each in the building that the part names.
 */
function problemsOfParts(
  fields: Mutation['fields'],
  stream: string,
  { here, kinds }: TopicsBehind,
  draft: Draft,
): FieldProblem[] {
  const kind = kinds.get(stream) ?? null
  const known = here.get(stream)
  const isGood =
    !isGrid(kind) &&
    kind !== 'unit' &&
    known !== undefined &&
    partsIn(fields).every((part) => isHere(part, known, draft))
  return isGood ? [] : [{ field: 'parts', problem: 'unknown-choice' }]
}

function isHere(part: Partial<TopicPart>, known: StandingHere, draft: Draft): boolean {
  const building = String(part.building).toLowerCase()
  const isBuilding =
    known.buildings.has(building) || madeHere(draft, building, 'building', known) !== undefined
  if (!isBuilding || (part.dwelling ?? null) === null) return isBuilding
  const door = String(part.dwelling).toLowerCase()
  const made = madeHere(draft, door, 'dwelling', known)
  return made ? made.fields['building'] === building : known.doors.get(door) === building
}

/** What this push itself brings: an office without a connection may have written down both. */
function madeHere(
  { layers }: Draft,
  id: string,
  kind: Kind,
  { places }: Pick<StandingHere, 'places'>,
): RecordRow | undefined {
  for (const { written } of layers) {
    for (const row of written.values()) {
      if (row.id === id && row.kind === kind && !row.removed && places.has(row.stream)) return row
    }
  }
  return undefined
}

function isMadeHere(topic: string, { layers }: Draft): boolean {
  return layers.some(({ written }) =>
    [...written.values()].some(
      ({ id, kind, removed }) => id === topic && kind === 'topic' && !removed,
    ),
  )
}

/** Offline offices say steps in any order, and none is lost for it; these alone cannot be meant. */
function problemOfStep(
  step: Partial<TopicStep>,
  stream: string,
  draft: Draft,
  context: PlanContext,
): Refused | null {
  // The count is the server's word.
  if (step.step === 'tally' || (step.tally ?? step.places ?? null) !== null) {
    return invalid([{ field: 'step', problem: 'unknown-choice' }])
  }
  if (step.step === 'ask' && !step.openUntil) {
    return invalid([{ field: 'openUntil', problem: 'required' }])
  }
  const now = standing(String(step.topic), stream, draft, context)
  if (step.step === 'close' && now.askedAt === null) return { problem: 'not-allowed' }
  if (step.step !== 'decide') return null
  if (!step.outcome) return invalid([{ field: 'outcome', problem: 'required' }])
  // Who asked doors says what came of it only when all of them are counted; or that the topic is dropped.
  const isEarly = now.askedAt !== null && now.tally === null && step.outcome !== 'dropped'
  return isEarly ? { problem: 'not-allowed' } : null
}

function standing(topic: string, stream: string, draft: Draft, { records }: PlanContext) {
  const [mine, decided] = draft.layers
  const keys = new Set([mine.written, decided.written, records].flatMap((map) => [...map.keys()]))
  const steps = [...keys].flatMap((key) => {
    const row = findRecord(draft, records, key)
    const isStep =
      row?.kind === 'topic-step' && row.stream === stream && row.fields['topic'] === topic
    return isStep && !row.removed
      ? [{ id: row.id, version: row.version, fields: row.fields as unknown as TopicStep }]
      : []
  })
  return standingOf(steps)
}
