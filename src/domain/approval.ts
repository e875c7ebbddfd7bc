/**
 * Standing approval 长期批准: somebody responsible in the office lets some roles look at the data of minors, or take
 * it out, until a day (未成年人网络保护条例, article 36: access is approved and recorded). It holds in the place in whose
 * stream it stands and in all below it. It is never changed; it can be ended before its day.
 */
import * as v from 'valibot'
import { roles, type Role } from './account.ts'
import { addDays, type Day } from './day.ts'
import { choice, day, list, maybe, text, type FieldProblem } from './field.ts'

/** To look at a masked value; to take data out as a table or as a person's file. */
export const approvalActs = ['reveal', 'export'] as const
export type ApprovalAct = (typeof approvalActs)[number]

/** The yearly audit (article 37) looks at each of them again, so none stands longer. */
export const longestApprovalDays = 366

export const approvalSchema = v.looseObject({
  acts: list(choice(approvalActs), approvalActs.length),
  /** For whom: whoever has one of these roles in the place. */
  roles: list(choice(roles), roles.length),
  /** What for, in the office's words. */
  reason: text(300),
  from: day,
  /** The last day. */
  until: day,
  /** The last day where somebody ended it earlier. */
  endedOn: maybe(day),
})
export type Approval = v.InferOutput<typeof approvalSchema>

/** A record of one: who made it never stands under it, nobody approves for themself. */
export interface StandingApproval {
  readonly id: string
  readonly by?: string | null | undefined
  readonly fields: Approval
}

export interface ApprovalAsked {
  readonly account: string
  readonly role: Role
  readonly act: ApprovalAct
  /** The day of the act. */
  readonly on: Day
}

/** Whether one covers an act. */
export function covers({ by, fields }: StandingApproval, asked: ApprovalAsked): boolean {
  const last = fields.endedOn && fields.endedOn < fields.until ? fields.endedOn : fields.until
  return (
    by !== asked.account &&
    fields.acts.includes(asked.act) &&
    fields.roles.includes(asked.role) &&
    fields.from <= asked.on &&
    asked.on <= last
  )
}

/** The one of some that covers an act: the one that stands longest, so that every device names the same. */
export function approvalFor<T extends StandingApproval>(
  approvals: Iterable<T>,
  asked: ApprovalAsked,
): T | null {
  let best: T | null = null
  for (const one of approvals) {
    if (!covers(one, asked)) continue
    const isBetter =
      best === null ||
      one.fields.until > best.fields.until ||
      (one.fields.until === best.fields.until && one.id < best.id)
    if (isBetter) best = one
  }
  return best
}

/** What is wrong with a new one beside its shape. */
export function approvalProblems(approval: Approval): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (approval.acts.length === 0) problems.push({ field: 'acts', problem: 'required' })
  if (approval.roles.length === 0) problems.push({ field: 'roles', problem: 'required' })
  const longest = addDays(approval.from, longestApprovalDays)
  if (approval.until < approval.from) {
    problems.push({ field: 'until', problem: 'ended-before-begun' })
  } else if (approval.until > longest) {
    problems.push({ field: 'until', problem: 'override-too-long', limit: longest })
  }
  return problems
}
