/** Standing approvals as this device has them: those that hold in a place, and the one that covers an act there. */
import { approvalFor, type ApprovalAct } from '#domain/approval.ts'
import type { Role } from '#domain/account.ts'
import type { Day } from '#domain/day.ts'
import type { Rec, Register } from './register.ts'

/** Of a place and of those above it; ended ones too. */
export function approvalsOf(register: Register, place: string): readonly Rec<'approval'>[] {
  const above = new Set(register.pathOf(place).map(({ id }) => id))
  return [...register.all('approval')].filter(({ stream }) => above.has(stream))
}

/** Null where nothing covers it: then it is not done. */
export function approvalOn(
  register: Register,
  place: string,
  account: { readonly id: string; readonly role: Role },
  act: ApprovalAct,
  on: Day,
): Rec<'approval'> | null {
  const { id, role } = account
  return approvalFor(approvalsOf(register, place), { account: id, role, act, on })
}
