/** New records about which the server finds something that then stands in them: steps, looks, and what is said in a fund. */
import type { Mutation } from '#protocol/mutation.ts'
import { judgeLook } from './approvals.ts'
import type { RecordRow } from '../db/record-row.ts'
import { findRecord, keyOf, type Draft, type Refused } from './draft.ts'
import { isVoucher, judgedInFund } from './funds.ts'
import type { PlanContext } from './plan-context.ts'
import { judged } from './requests.ts'

/** The fields as they are stored; of all other kinds as they came. */
export function judgedNew(
  mutation: Mutation,
  stream: string,
  correctedAt: string,
  draft: Draft,
  context: PlanContext,
): { readonly fields: Mutation['fields'] } | Refused {
  const { op, kind, fields } = mutation
  const find = (key: string) => findRecord(draft, context.records, key)
  if (op === 'remove' && kind === 'photo' && isVoucher(mutation.record, stream, find)) {
    return { problem: 'not-allowed' }
  }
  if (op !== 'create') return { fields }
  switch (kind) {
    case 'request-step':
      return judged(mutation, stream, correctedAt, draft, context)
    case 'reveal':
    case 'export':
      return judgeLook(mutation, stream, correctedAt, find, context)
    case 'fund-entry':
    case 'fund-check':
    case 'fund-giver':
      return judgedInFund(mutation, stream, draft, context)
    case 'errand-photo':
      return isLongOver(find(keyOf(stream, String(fields['errand']))), correctedAt)
        ? { problem: 'reference-missing' }
        : { fields }
    default:
      return { fields }
  }
}

/** A unit without a signal cannot know that its errand ended; after that another one has it, or nobody. */
const photographedLateMs = 3 * 86_400_000

function isLongOver(errand: RecordRow | undefined, at: string): boolean {
  const ended = errand?.fields['endedAt']
  return typeof ended === 'string' && Date.parse(at) > Date.parse(ended) + photographedLateMs
}
