/** Who may see and write what. Asked before any record is looked at, so that a refusal tells nothing about it. */
import type { Role } from '#domain/account.ts'
import { traits, type Kind } from '#domain/record.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'

const office: readonly Kind[] = [
  'building',
  'dwelling',
  'household',
  'resident',
  'visit',
  'reveal',
  'view',
  'export',
  'import',
  'import-part',
  'inquiry',
  'complaint',
]

/** Kinds that a role may write in the streams of its own places. Everything else is refused. */
const writes: Readonly<Record<Role, readonly Kind[]>> = {
  worker: ['dwelling', 'household', 'resident', 'visit', 'reveal', 'inquiry', 'complaint'],
  staff: [...office],
  admin: ['scheme', 'policy', ...office],
  handler: ['complaint'],
  auditor: ['complaint'],
}

/** Kinds that an auditor's or handler's device does not get: they do not need the persons. */
const personal: readonly Kind[] = [
  'building',
  'dwelling',
  'household',
  'resident',
  'visit',
  'colour',
  'reveal',
  'clash',
  'inquiry',
  // No person stands in these; but they are of tables that the two do not have.
  'view',
  'export',
  'import',
  'import-part',
]

/** The streams that an account sees, and those where only late work of it is still taken. */
export type Scope = ReadonlyMap<string, Reach>

export interface Reach {
  readonly own: boolean
  /** Of a whole subdistrict that it was given. */
  readonly root?: boolean
  /** It was the account's, in that role: what was recorded until then, in milliseconds, counts as it did then. */
  readonly late?: { readonly role: Role; readonly until: number }
}

/** Own work may be taken back this long: an undo, not a way to rewrite the past. */
export const undoWithinMs = 24 * 3_600_000

type Asked = Pick<Mutation, 'stream' | 'kind' | 'op' | 'fields'>

/** Null where the role may do this in a stream of its own, or might when it was recorded (milliseconds, corrected). */
export function problemOfAccess(
  role: Role,
  scope: Scope,
  mutation: Asked,
  recordedAt = Infinity,
): Problem | null {
  const { own, root = false, late } = scope.get(mutation.stream) ?? unseen
  const problem = own ? problemOfRole(role, root, mutation) : 'stream-not-yours'
  if (problem === null || !late || recordedAt > late.until) return problem
  return problemOfRole(late.role, false, mutation)
}

const unseen: Reach = { own: false }

/** Whether an account may put something there that it recorded at a moment; without one, that it ever recorded. */
export function isReached(scope: Scope, stream: string, recordedAt?: number): boolean {
  const { own, late } = scope.get(stream) ?? unseen
  return own || (late !== undefined && (recordedAt === undefined || recordedAt <= late.until))
}

function problemOfRole(role: Role, isRoot: boolean, mutation: Asked): Problem | null {
  if (mutation.kind === 'clash') return settles(role, mutation) ? null : 'kind-not-yours'
  if (mutation.kind === 'building' && locates(role, mutation)) return null
  if (traits[mutation.kind].byServer || !writes[role].includes(mutation.kind)) {
    return 'kind-not-yours'
  }
  // A scheme or policy governs a place as a whole, and every version of it is kept.
  if (mutation.kind === 'scheme' || mutation.kind === 'policy') {
    if (mutation.op !== 'create') return 'append-only'
    return isRoot ? null : 'stream-not-yours'
  }
  if (mutation.kind === 'import') return problemOfImport(mutation)
  if (isAnswer(mutation) && !mayAnswer(role)) return 'kind-not-yours'
  const { appendOnly, notPulled } = traits[mutation.kind]
  if (appendOnly && mutation.op === 'patch') return 'append-only'
  // A visit tapped by mistake can be taken back; that somebody looked at a number cannot.
  if (notPulled && mutation.op === 'remove') return 'append-only'
  return null
}

const place = ['latitude', 'longitude', 'outline']

/** Who walks the lane says where a building stands, and nothing else of it. */
function locates(role: Role, { op, fields }: Pick<Mutation, 'op' | 'fields'>): boolean {
  const names = Object.keys(fields)
  return (
    role === 'worker' && op === 'patch' && names.length > 0 && names.every((n) => place.includes(n))
  )
}

/** What is asked is said once; what changes of it is the office's answer. */
function isAnswer({ kind, op }: Pick<Mutation, 'kind' | 'op'>): boolean {
  return op === 'patch' && (kind === 'inquiry' || kind === 'complaint')
}

/** Whether a role answers what people ask about their own data, and complaints. */
export function mayAnswer(role: Role): boolean {
  return role === 'staff' || role === 'admin'
}

/** A clash is made by the server; whoever writes residents says whether it is settled, and nothing else of it. */
function settles(role: Role, { op, fields }: Pick<Mutation, 'op' | 'fields'>): boolean {
  const isSettling = Object.keys(fields).join() === 'settled'
  return writes[role].includes('resident') && op === 'patch' && isSettling
}

/** What came of an import is the server's word; a device says what it brings, and that it shall be taken back. */
function problemOfImport({ op, fields }: Pick<Mutation, 'op' | 'fields'>): Problem | null {
  if (op === 'remove') return 'append-only'
  const names = Object.keys(fields)
  const isAllowed =
    op === 'create' ? !names.some((name) => serverSays.has(name)) : names.join() === 'undoAsked'
  return isAllowed ? null : 'kind-not-yours'
}

const serverSays: ReadonlySet<string> = new Set(['outcome', 'builtOn', 'reason'])

export function maySaveScheme(role: Role): boolean {
  return writes[role].includes('scheme')
}

/** Whether a role says yes or no to a colour that somebody else proposed. */
export function mayReview(role: Role): boolean {
  return role === 'staff' || role === 'admin'
}

/** Whether a role sees how its places stand, in numbers: a department handles requests and needs none of it. */
export function maySeeOverview(role: Role): boolean {
  return role !== 'handler'
}

/** Whether a role sees persons at all; where not, numbers that could single somebody out are hidden. */
export function maySeePersons(role: Role): boolean {
  return mayPull(role, 'resident')
}

/** Whether a role looks after the devices of the people of its places. */
export function maySeeDevices(role: Role): boolean {
  return role === 'staff' || role === 'admin'
}

/** Whether a role looks into the audit log of its places: who did what, never a value. */
export function mayReadAudit(role: Role): boolean {
  return role === 'auditor' || role === 'admin'
}

/** Whether a role's device gets the records of a kind of the streams that it sees. */
export function mayPull(role: Role, kind: Kind): boolean {
  if (traits[kind].notPulled) return false
  return role === 'auditor' || role === 'handler' ? !personal.includes(kind) : true
}
