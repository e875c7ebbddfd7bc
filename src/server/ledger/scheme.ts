/** A scheme as a push brings it: a version of its own, following on the newest, with nothing wrong in it. */
import { defaultCalendar } from '#domain/calendar.ts'
import { defaultScheme } from '#domain/default-scheme.ts'
import { faultsOf } from '#domain/scheme-check.ts'
import { problemsOfNew } from '#domain/schemas.ts'
import type { Scheme } from '#domain/scheme.ts'
import type { Mutation } from '#protocol/mutation.ts'
import { findRecord, type Draft, type Refused } from './draft.ts'
import type { PlanContext } from './plan-context.ts'

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
  const newest = newestVersion(mutation, 'schemeVersion', draft, context)
  // Whoever saved meanwhile is not overwritten unseen.
  return scheme.schemeVersion === newest + 1 ? null : { problem: 'scheme-moved-on' }
}

const versionFields = { catalogue: 'catalogueVersion', calendar: 'calendarVersion' } as const
/** The product's own calendar is the first version; of a catalogue there is none before the office's first. */
const versionsBefore = { catalogue: 0, calendar: defaultCalendar.calendarVersion } as const

/** A catalogue or calendar follows on the newest, as a scheme does. */
export function problemOfVersion(
  mutation: Mutation,
  draft: Draft,
  context: PlanContext,
): Refused | null {
  const { kind, fields } = mutation
  if (kind !== 'catalogue' && kind !== 'calendar') return null
  if (problemsOfNew(kind, fields).length > 0) return null
  const field = versionFields[kind]
  const newest = Math.max(versionsBefore[kind], newestVersion(mutation, field, draft, context))
  return Number(fields[field]) === newest + 1 ? null : { problem: 'scheme-moved-on' }
}

function newestVersion(
  { stream, kind }: Pick<Mutation, 'stream' | 'kind'>,
  field: string,
  draft: Draft,
  context: PlanContext,
): number {
  const [mine, decided] = draft.layers
  const keys = new Set(
    [mine.written, decided.written, context.records].flatMap((map) => [...map.keys()]),
  )
  let newest = kind === 'scheme' ? defaultScheme.schemeVersion : 0
  for (const key of keys) {
    const record = findRecord(draft, context.records, key)
    if (record?.kind !== kind || record.removed || record.stream !== stream) continue
    newest = Math.max(newest, Number(record.fields[field]))
  }
  return newest
}
