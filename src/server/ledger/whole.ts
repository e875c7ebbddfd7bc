/** What can only be judged when a batch is complete: that everything stands where it belongs, and nothing is left behind. */
import { mergedIntoOf, parentOf, traits } from '#domain/record.ts'
import type { RecordRow } from '../db/record-row.ts'
import { findRecord, keyOf, type Draft, type Refused } from './draft.ts'
import { problemOfConsents } from './consents.ts'
import { leavesPeople, meetsSomebody } from './declarations.ts'
import { problemOfMerge } from './merged.ts'
import type { PlanContext } from './plan-context.ts'

/** Null where all is well, else what is wrong and the seq of the mutation that did it. */
export function problemOfWhole(
  draft: Draft,
  context: PlanContext,
): ({ readonly seq: number } & Refused) | null {
  const find = (key: string) => findRecord(draft, context.records, key)
  for (const { seq, key, placed } of draft.touched) {
    const record = find(key)
    if (!record) continue
    if (record.removed) {
      if (hasChildren(record, draft, context)) return { seq, problem: 'not-allowed' }
      if (leavesPeople(record, draft, context)) return { seq, problem: 'not-allowed' }
      continue
    }
    if (!placed) continue
    if (meetsSomebody(record, draft, context)) return { seq, problem: 'person-there-already' }
    const problem = problemOfMerge(record, find)
    if (problem) return { seq, problem }
    if (isOrphan(record, find)) return { seq, problem: 'reference-missing' }
  }
  return problemOfConsents(draft, context)
}

function isOrphan(record: RecordRow, find: (key: string) => RecordRow | undefined): boolean {
  const { kind, or = [] } = traits[record.kind].belongsTo ?? {}
  // What was merged into another record stands where that one does.
  if (!kind || mergedIntoOf(record.kind, record.fields)) return false
  const parent = parentOf(record.kind, record.fields)
  const held = parent ? find(keyOf(record.stream, parent)) : undefined
  if (!held || ![kind, ...or].includes(held.kind)) return true
  return held.removed && !traits[record.kind].outlives
}

/**
 * Living records that would lose what they belong to: a colleague's resident in a household taken back, and what was
 * merged into it.
 */
function hasChildren(gone: RecordRow, draft: Draft, context: PlanContext): boolean {
  const isChild = ({ removed, stream, kind, fields }: RecordRow) =>
    !removed &&
    stream === gone.stream &&
    (mergedIntoOf(kind, fields) ?? parentOf(kind, fields)) === gone.id
  const [mine, decided] = draft.layers
  const keys = [mine.written, decided.written, context.records].flatMap((map) => [...map.keys()])
  return keys.some((key) => {
    const record = findRecord(draft, context.records, key)
    return record !== undefined && isChild(record)
  })
}
