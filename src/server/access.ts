/**
 * Which streams are whose, asked before any record is looked at, so that a refusal tells nothing about it. What a role
 * may do in its own streams stands in `domain/permission.ts`.
 */
import type { Role } from '#domain/account.ts'
import { refusalOfWrite } from '#domain/permission.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'

/** The streams that an account sees, and those where only late work of it is still taken. */
export type Scope = ReadonlyMap<string, Reach>

export interface Reach {
  readonly own: boolean
  /** Of a whole subdistrict that it was given. */
  readonly root?: boolean
  /** It was the account's, in that role: what was recorded until then, in milliseconds, counts as it did then. */
  readonly late?: { readonly role: Role; readonly until: number }
}

type Asked = Pick<Mutation, 'stream' | 'kind' | 'op' | 'fields' | 'to'>

/** Null where the role may do this in a stream of its own, or might when it was recorded (milliseconds, corrected). */
export function problemOfAccess(
  role: Role,
  scope: Scope,
  mutation: Asked,
  recordedAt = Infinity,
): Problem | null {
  const { own, root = false, late } = scope.get(mutation.stream) ?? unseen
  const problem = own ? refusalOfWrite(role, root, mutation) : 'stream-not-yours'
  if (problem === null || !late || recordedAt > late.until) return problem
  return refusalOfWrite(late.role, false, mutation)
}

const unseen: Reach = { own: false }

/** Whether an account may put something there that it recorded at a moment; without one, that it ever recorded. */
export function isReached(scope: Scope, stream: string, recordedAt?: number): boolean {
  const { own, late } = scope.get(stream) ?? unseen
  return own || (late !== undefined && (recordedAt === undefined || recordedAt <= late.until))
}
