/** Who may take a record away again. */
import { mayAnswer, undoWithinMs } from '#domain/permission.ts'
import type { FieldMark } from '#protocol/merge.ts'
import type { RecordRow } from '../db/record-row.ts'
import type { PlanContext } from './plan-context.ts'

/** Whoever made it, within a day; and the office a photograph of which the picture never came, and perhaps cannot. */
export function mayTakeBack(
  { kind, by, created, fields }: RecordRow,
  { at }: Pick<FieldMark, 'at'>,
  { account }: Pick<PlanContext, 'account'>,
): boolean {
  const age = Date.parse(at) - Date.parse(created.at)
  if (by === account.id && age <= undoWithinMs) return true
  // A giver who does not want to be named any more is heard at any time.
  const isOffice = mayAnswer(account.role)
  return isOffice && ((kind === 'photo' && !fields['arrivedAt']) || kind === 'fund-giver')
}
