/** What a push says of topics and voices, beyond what their schemas say: judged by what was read under the lock. */
import type { FieldProblem } from '#domain/field.ts'
import { isGrid } from '#domain/place.ts'
import { standingOf } from '#domain/topics/standing.ts'
import type { TopicPart, TopicStep } from '#domain/topics/topic.ts'
import type { Mutation } from '#protocol/mutation.ts'
import { findRecord, type Draft, type Refused } from './draft.ts'
import type { PlanContext } from './plan-context.ts'
import { partsIn, type TopicsBehind } from './topics-behind.ts'

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
      ? invalid(problemsOfParts(fields, stream, behind))
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
 * stand in it or below it when it is made.
 */
function problemsOfParts(
  fields: Mutation['fields'],
  stream: string,
  { buildings, kinds }: TopicsBehind,
): FieldProblem[] {
  const kind = kinds.get(stream) ?? null
  const here = buildings.get(stream)
  const isHere = ({ building }: Partial<TopicPart>) =>
    here?.has(String(building).toLowerCase()) === true
  const isGood = !isGrid(kind) && kind !== 'unit' && partsIn(fields).every(isHere)
  return isGood ? [] : [{ field: 'parts', problem: 'unknown-choice' }]
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
