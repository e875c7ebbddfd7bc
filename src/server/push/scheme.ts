/** A scheme as a push brings it: a version of its own, following on the newest, with nothing wrong in it. */
import { defaultScheme } from '#domain/default-scheme.ts'
import { faultsOf } from '#domain/scheme-check.ts'
import { problemsOfNew } from '#domain/schemas.ts'
import type { Scheme } from '#domain/scheme.ts'
import type { Mutation } from '#protocol/mutation.ts'
import { findRecord, type Draft, type Refused } from './draft.ts'
import type { PlanContext } from './plan.ts'

/** Null where it may be saved; its shape is judged like that of any record. */
export function problemOfScheme(
  mutation: Mutation,
  draft: Draft,
  context: PlanContext,
): Refused | null {
  if (problemsOfNew('scheme', mutation.fields).length > 0) return null
  const scheme = mutation.fields as Scheme
  if (faultsOf(scheme).length > 0) {
    return { problem: 'invalid-fields', fields: [{ field: 'rules', problem: 'wrong-shape' }] }
  }
  const newest = newestVersion(mutation.stream, draft, context)
  // Whoever saved meanwhile is not overwritten unseen.
  return scheme.schemeVersion === newest + 1 ? null : { problem: 'scheme-moved-on' }
}

function newestVersion(stream: string, draft: Draft, context: PlanContext): number {
  const [mine, decided] = draft.layers
  const keys = new Set(
    [mine.written, decided.written, context.records].flatMap((map) => [...map.keys()]),
  )
  let newest = defaultScheme.schemeVersion
  for (const key of keys) {
    const record = findRecord(draft, context.records, key)
    if (record?.kind !== 'scheme' || record.removed || record.stream !== stream) continue
    newest = Math.max(newest, Number(record.fields['schemeVersion']))
  }
  return newest
}
