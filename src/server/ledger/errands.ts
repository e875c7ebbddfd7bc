/** What units have of a request: written by the server in each unit's own stream, in the transaction of the step. */
import { courseOf } from '#domain/requests/course.ts'
import { errandOf } from '#domain/requests/errand-of.ts'
import { errandId } from '#domain/requests/errand.ts'
import type { Asker, Request } from '#domain/requests/request.ts'
import { isSame, type FieldMark } from '#protocol/merge.ts'
import type { RecordRow } from '../db/record-row.ts'
import { findRecord, keyOf, lookUp, type Draft } from './draft.ts'
import { rowsOfRequest } from './rows-of-request.ts'
import { rulesFor, stepsOf, unitsOf, type StepContext, type Values } from './request-steps.ts'

/** After a step was written: what the units have of its request is written as well, each in its own stream. */
export function followUnits(
  request: string,
  stream: string,
  mark: FieldMark,
  draft: Draft,
  context: StepContext,
): void {
  const held = findRecord(draft, context.records, keyOf(stream, request))
  if (!held || held.removed) return
  const steps = stepsOf(request, stream, draft, context)
  const course = courseOf(steps)
  for (const unit of unitsOf(steps)) {
    const id = errandId(request, unit, course.round)
    const before = findRecord(draft, context.records, keyOf(unit, id))
    const isHere = unit === course.lead || course.coUnits.includes(unit)
    if (!isHere && (!before || before.removed)) continue
    const fields = errandOf(
      { id: request, stream, unit, fields: held.fields as unknown as Request },
      steps,
      askerOf(held, draft, context),
      rulesFor(stream, context),
      context.now,
    )
    writeAside(unit, id, 'errand', fields, before, mark, draft, context)
  }
}

function askerOf(request: RecordRow, draft: Draft, context: StepContext): Asker | null {
  const [mine, decided] = draft.layers
  for (const source of [mine.written, decided.written, context.records]) {
    for (const { kind, fields, stream, removed } of rowsOfRequest(source, request.id)) {
      if (kind !== 'asker' || removed || stream !== request.stream) continue
      if (fields['request'] === request.id) return fields as unknown as Asker
    }
  }
  return null
}

function writeAside(
  stream: string,
  id: string,
  kind: 'errand',
  fields: Values,
  before: RecordRow | undefined,
  mark: FieldMark,
  draft: Draft,
  context: StepContext,
): void {
  // A stream that is not locked is not there: a dispatch that names none of the units was refused before.
  if (lookUp(draft, (layer) => layer.heads, context.heads, stream) === undefined) return
  if (before && !before.removed && isSame(before.fields, fields)) return
  const version = nextHead(stream, draft, context)
  const [mine] = draft.layers
  const own: FieldMark = { ...mark, version }
  const row =
    before && !before.removed
      ? { ...before, version, fields }
      : newRow(stream, id, kind, fields, own, context)
  mine.written.set(keyOf(stream, id), row)
}

export function newRow(
  stream: string,
  id: string,
  kind: RecordRow['kind'],
  fields: Values,
  mark: FieldMark,
  { account }: StepContext,
): RecordRow {
  return {
    ...{ stream, id, kind, version: mark.version, fields, created: mark, marks: {} },
    ...{ removed: false, at: mark.at, by: account.id, movedTo: null, moves: 0 },
  }
}

export function nextHead(stream: string, draft: Draft, context: StepContext): number {
  const head = (lookUp(draft, (layer) => layer.heads, context.heads, stream) ?? 0) + 1
  draft.layers[0].heads.set(stream, head)
  return head
}
