/** The steps of a request as rows, and which units they name: shared by what judges a step and what follows it. */
import type { JudgedStep } from '#domain/requests/course.ts'
import { namedUnits } from '#domain/requests/errand-of.ts'
import { createRequestRules } from '#domain/requests/rules.ts'
import type { RequestStep } from '#domain/requests/step.ts'
import type { RecordRow } from '../db/record-row.ts'
import type { StreamRules } from '../db/request-rules.ts'
import type { Draft } from './draft.ts'
import type { PlanContext } from './plan-context.ts'
import { rowsOfRequest } from './rows-of-request.ts'

export type Values = Readonly<Record<string, unknown>>

/** What the steps of a push need besides themselves. */
export type StepContext = Pick<PlanContext, 'records' | 'heads' | 'now' | 'ids' | 'rules'> & {
  /** Account that acts, or a fixed id. */
  readonly account: { readonly id: string }
}

const productRules: StreamRules = { ...createRequestRules(null, null), office: null }

/** The catalogue and calendar in force for a stream, and whose own office it is. */
export function rulesFor(stream: string, { rules }: Pick<StepContext, 'rules'>): StreamRules {
  return rules?.get(stream) ?? productRules
}

/** The steps of a request in the order of its stream, with those of this push. */
export function stepsOf(
  request: string,
  stream: string,
  { layers }: Draft,
  { records }: Pick<PlanContext, 'records'>,
): readonly JudgedStep[] {
  const [mine, decided] = layers
  const found = new Map<string, RecordRow>()
  for (const source of [records, decided.written, mine.written]) {
    for (const record of rowsOfRequest(source, request)) {
      const isStep = record.kind === 'request-step' && record.fields['request'] === request
      if (isStep && record.stream === stream && !record.removed) found.set(record.id, record)
    }
  }
  return [...found.values()].sort((a, b) => a.version - b.version).map(rowToStep)
}

export function rowToStep(row: Pick<RecordRow, 'id' | 'by' | 'fields'>): JudgedStep {
  return { ...(row.fields as unknown as RequestStep), id: row.id, doneBy: row.by ?? '' }
}

export function unitsOf(steps: readonly JudgedStep[]): readonly string[] {
  const dispatched = steps.filter(({ step }) => step === 'dispatch' || step === 'add-unit')
  return [...new Set(dispatched.flatMap((step) => namedUnits(step)))]
}
