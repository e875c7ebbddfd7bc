/** Whether a look at a value is kept back; asked at the tap, so its script is none of the first. */
import type { Role } from '#domain/account.ts'
import type { Day } from '#domain/day.ts'
import { needsApproval } from '#domain/minor.ts'
import { approvalOn } from '#app/register/approvals.ts'
import type { Register } from '#app/register/register.ts'

/** The data of a minor is shown under a standing approval alone; the server judges it again. */
export function isWithheld(
  register: Register,
  account: { readonly id: string; readonly role: Role } | null,
  look: {
    readonly subject: string
    readonly stream: string
    readonly field: string
    readonly on: Day
  },
): boolean {
  const person = register.get('resident', look.subject)?.fields
  if (!person || !needsApproval(person, look.field, look.on)) return false
  return !account || approvalOn(register, look.stream, account, 'reveal', look.on) === null
}
