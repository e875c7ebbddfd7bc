/**
 * What rests on consent comes with one: the door of last resort behind the forms, judged when a batch is complete. Held
 * to it is what an app recorded that knows consents; what came from one of before, or with a roster, is kept and named on
 * the person's page. So are values that were in the register already: of two records that are merged or parted again,
 * and of a clash that somebody settles.
 */
import { consentsMissing } from '#domain/consent.ts'
import type { RecordRow } from '../db/record-row.ts'
import { findRecord, type Draft, type Refused } from './draft.ts'
import type { PlanContext } from './plan-context.ts'

/** Null where all is well, else what is missing and the seq of the mutation that should have brought it. */
export function problemOfConsents(
  draft: Draft,
  context: PlanContext,
): ({ readonly seq: number } & Refused) | null {
  const [mine, decided] = draft.layers
  const before = (key: string) => decided.written.get(key) ?? context.records.get(key)
  for (const { seq, key, cameFrom, knowsConsents } of draft.touched) {
    const record = findRecord(draft, context.records, key)
    if (!knowsConsents || record?.kind !== 'resident' || record.removed) continue
    const fields = consentsMissing(before(cameFrom)?.fields ?? {}, record.fields)
    if (fields.length === 0 || isOfRegister(record.id, mine.written, before)) continue
    return { seq, problem: 'invalid-fields', fields }
  }
  return null
}

/** Whether a batch gives somebody values that another record in it had. */
function isOfRegister(
  id: string,
  written: ReadonlyMap<string, RecordRow>,
  before: (key: string) => RecordRow | undefined,
): boolean {
  return [...written].some(([key, { kind, fields }]) => {
    if (kind === 'clash') return fields['record'] === id && fields['settled'] === true
    if (kind !== 'resident') return false
    return [fields, before(key)?.fields].some((one) => one?.['mergedInto'] === id)
  })
}
