/** Looking at the data of minors, and taking it out, as a push reports it: under a standing approval, or refused and on record. */
import type { Kysely } from 'kysely'
import {
  approvalFor,
  type Approval,
  type ApprovalAct,
  type StandingApproval,
} from '#domain/approval.ts'
import { instantToDay } from '#domain/day.ts'
import { ageGroupOf, needsApproval } from '#domain/minor.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { RecordRow } from '../db/record-row.ts'
import { allRules, rulesAbove, type Rule, type RulesAbove } from '../db/rules-above.ts'
import type { Database } from '../db/schema.ts'
import { keyOf, type Refused } from './draft.ts'
import type { Role } from '#domain/account.ts'
import type { RefusedLook } from './refused-look.ts'

/** By stream: those that stand there or in a place above. */
export type Approvals = ReadonlyMap<string, readonly StandingApproval[]>

/** Whether a push looks at persons or takes them out, so that approvals have to be known. */
export function looksAtPersons(mutations: readonly Mutation[]): boolean {
  return mutations.some(({ kind }) => kind === 'reveal' || kind === 'export')
}

export async function loadApprovals(
  db: Kysely<Database>,
  streams: readonly string[],
): Promise<Approvals> {
  return approvalsOf(await rulesAbove(db, streams, ['approval']))
}

export function approvalsOf(above: RulesAbove): Approvals {
  const standing = ({ id, by, fields }: Rule): StandingApproval => ({
    ...{ id, by, fields: fields as Approval },
  })
  return new Map(
    [...above].map(([stream, way]) => [stream, allRules(way, 'approval').map(standing)]),
  )
}

/** The fields as they are kept, with the approval that covers the act; or why it is refused. */
export function judgeLook(
  mutation: Mutation,
  stream: string,
  correctedAt: string,
  find: (key: string) => RecordRow | undefined,
  context: {
    readonly account: { readonly id: string; readonly role: Role }
    readonly approvals?: Approvals
  },
): { readonly fields: Mutation['fields'] } | (Refused & { readonly look: RefusedLook }) {
  const { kind } = mutation
  // Whose word is the server's: what a device says of it is not believed.
  const { approval: _, minor: __, ...fields } = mutation.fields
  const on = instantToDay(correctedAt)
  const { subject, field, inquiry, minors } = fields
  const person = typeof subject === 'string' ? find(keyOf(stream, subject)) : undefined
  const born = person?.kind === 'resident' ? person.fields : {}
  const minor = ageGroupOf(born, on)
  const act: ApprovalAct = kind === 'reveal' ? 'reveal' : 'export'
  const isNeeded =
    kind === 'reveal'
      ? needsApproval(born, String(field), on)
      : typeof subject === 'string'
        ? minor !== null && !isAskedFor(inquiry, subject, stream, find)
        : Number(minors ?? 0) > 0
  const isFile = kind === 'export' && typeof subject === 'string'
  const said = {
    ...fields,
    ...(minor && kind === 'reveal' ? { minor } : {}),
    ...(minor && isFile ? { minors: 1 } : {}),
  }
  if (!isNeeded) return { fields: said }
  const { id: account, role } = context.account
  const found = approvalFor(context.approvals?.get(stream) ?? [], { account, role, act, on })
  if (found) return { fields: { ...said, approval: found.id } }
  return { problem: 'approval-needed', look: { mutation, stream, correctedAt, minor } }
}

/** A file that answers what the person, or the guardian, asked for is theirs by right (articles 31 and 45). */
function isAskedFor(
  inquiry: unknown,
  subject: string,
  stream: string,
  find: (key: string) => RecordRow | undefined,
): boolean {
  const asked = typeof inquiry === 'string' ? find(keyOf(stream, inquiry)) : undefined
  return asked?.kind === 'inquiry' && !asked.removed && asked.fields['resident'] === subject
}
