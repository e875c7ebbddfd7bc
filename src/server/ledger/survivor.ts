/**
 * The request into which another was merged: it learns what is still said about the other one, so that no late word and
 * no answer of a unit is lost, and it goes by the earliest promise of the two.
 */
import { promiseOf } from '#domain/requests/clocks.ts'
import { courseOf } from '#domain/requests/course.ts'
import type { RequestStep } from '#domain/requests/step.ts'
import { openStates } from '#domain/requests/transition.ts'
import type { FieldMark } from '#protocol/merge.ts'
import type { RecordRow } from '../db/record-row.ts'
import { keyOf, type Draft } from './draft.ts'
import { followUnits, newRow, nextHead } from './errands.ts'
import { rulesFor, stepsOf, type StepContext } from './request-steps.ts'

const mostHops = 10

/** Whether a request may go into another one: that one is open, and leads not back to it. */
export function mayMergeInto(
  request: string,
  into: string | null | undefined,
  draft: Draft,
  context: StepContext,
): boolean {
  const found = into ? findAnywhere(into, draft, context) : null
  if (!found || found.id === request) return false
  return openStates.includes(courseOf(stepsOf(found.id, found.stream, draft, context)).state)
}

/** After a step was written: where its request was merged into another, that one is told. */
export function tellSurvivor(
  request: string,
  stream: string,
  mark: FieldMark,
  draft: Draft,
  context: StepContext,
): void {
  const steps = stepsOf(request, stream, draft, context)
  const last = steps.at(-1)
  if (!last) return
  const isParted = last.step === 'part' || last.step === 'undo'
  const { mergedInto } = courseOf(isParted ? steps.slice(0, -1) : steps)
  const survivor = mergedInto ? survivorOf(mergedInto, draft, context) : null
  if (!survivor) return
  const { limitsOf, time } = rulesFor(stream, context)
  const item = courseOf(steps).item
  const promise = promiseOf(steps, limitsOf(item), time)
  const { state } = courseOf(stepsOf(survivor.id, survivor.stream, draft, context))
  const saysPromise = last.step === 'merge' || isParted
  const fields: RequestStep = {
    ...{ request: survivor.id, step: 'note', at: last.at, after: null },
    ...{ words: last.words ?? null, unit: last.unit ?? null },
    ...{ actor: last.actor ?? null, received: last.received ?? null },
    ...{ moved: true, from: state, to: state, unseen: 0, fromRequest: request },
    ...(saysPromise
      ? { promised: isParted || !promise ? null : new Date(promise.at).toISOString() }
      : {}),
  }
  const version = nextHead(survivor.stream, draft, context)
  const row = newRow(
    survivor.stream,
    context.ids(),
    'request-step',
    fields,
    { ...mark, version },
    context,
  )
  draft.layers[0].written.set(keyOf(survivor.stream, row.id), row)
  followUnits(survivor.id, survivor.stream, mark, draft, context)
}

/** The end of a chain: what it was merged into may have been merged itself since. */
function survivorOf(first: string, draft: Draft, context: StepContext): RecordRow | null {
  let id = first
  for (let hop = 0; hop < mostHops; hop += 1) {
    const found = findAnywhere(id, draft, context)
    if (!found) return null
    const { mergedInto } = courseOf(stepsOf(found.id, found.stream, draft, context))
    if (!mergedInto) return found
    id = mergedInto
  }
  return null
}

function findAnywhere(id: string, { layers }: Draft, { records }: StepContext): RecordRow | null {
  const [mine, decided] = layers
  for (const source of [mine.written, decided.written, records]) {
    for (const row of source.values()) {
      if (row.id === id && row.kind === 'request' && !row.removed) return row
    }
  }
  return null
}
