import type { Role } from '#domain/account.ts'
import type { Day } from '#domain/day.ts'
import { ageGroupOf } from '#domain/minor.ts'
import { approvalOn } from '#app/register/approvals.ts'
import type { Rec, Register } from '#app/register/register.ts'

/** Whether a minor's file waits for an approval. What a guardian asked for (`inquiry`) is theirs by right. */
export function isFileWithheld(
  register: Register,
  resident: Rec<'resident'>,
  inquiry: Rec<'inquiry'> | null,
  account: { readonly id: string; readonly role: Role } | null,
  today: Day,
): boolean {
  if (inquiry !== null || ageGroupOf(resident.fields, today) === null) return false
  return !account || approvalOn(register, resident.stream, account, 'export', today) === null
}
