/** New records about which the server finds something that then stands in them: steps, looks, and what is said in a fund. */
import type { Mutation } from '#protocol/mutation.ts'
import { judgeLook } from './approvals.ts'
import { findRecord, type Draft, type Refused } from './draft.ts'
import { judgedInFund } from './funds.ts'
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
  if (op !== 'create') return { fields }
  const find = (key: string) => findRecord(draft, context.records, key)
  switch (kind) {
    case 'request-step':
      return judged(mutation, stream, correctedAt, draft, context)
    case 'reveal':
    case 'export':
      return judgeLook(mutation, stream, correctedAt, find, context)
    case 'fund-entry':
    case 'fund-check':
      return judgedInFund(mutation, stream, draft, context)
    default:
      return { fields }
  }
}
