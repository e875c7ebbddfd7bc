/**
 * Who may do what: every rule of this register that depends on a role stands here, once. The server asks before it
 * does anything, the screens ask before they offer it, and `docs/permissions.md` is printed from it. A rule that needs
 * to know whose place something is in (`server/access.ts`) asks here what the role may do there. What only
 * some pages ask stands in `permission-of-places.ts`, `-requests.ts` and `-access.ts`, so that no first screen has to carry it.
 */
import type { Role } from './account.ts'
import { traits, type Kind } from './record.ts'

type Values = Readonly<Record<string, unknown>>

/** What a walk writes and only those with persons see: named once, since every device carries this list. */
const walked: readonly Kind[] = [
  'dwelling',
  'household',
  'resident',
  'visit',
  'reveal',
  'inquiry',
  'request',
  'request-step',
  'asker',
  'photo',
  'arrival',
  'departure',
  'declaration-answer',
  'landlord-link',
  'fund-entry',
  'fund-check',
  'fund-giver',
  'voice',
  'vehicle',
]
/** Numbers of doors, and plates: all that a gate gets of the register, cut to a few fields (`gate.ts`). */
export const gateKinds = ['building', 'dwelling', 'vehicle'] as const

/** No person stands in the tables; but these are of some that auditors and handlers do not have. */
const inOffice: readonly Kind[] = [
  'building',
  'fund',
  'topic',
  'topic-step',
  'meeting',
  'view',
  'export',
  'import',
  'import-part',
  ...walked,
]
const office: readonly Kind[] = ['complaint', 'approval', 'service', ...inOffice]

/** Kinds that a role may write in the streams of its own places. Everything else is refused. */
const writes: Readonly<Record<Role, readonly Kind[]>> = {
  worker: ['complaint', ...walked],
  staff: office,
  admin: ['scheme', 'policy', 'calendar', 'catalogue', 'assessment', ...office],
  handler: ['complaint', 'errand-step', 'errand-photo'],
  auditor: ['complaint'],
  gate: ['arrival'],
}

/** Kinds that an auditor's or handler's device does not get: they do not need the persons. */
const personal: readonly Kind[] = ['colour', 'clash', 'code', ...inOffice]

/** Own work may be taken back this long: an undo, not a way to rewrite the past. */
export const undoWithinMs = 24 * 3_600_000

// ── Places and people ────────────────────────────────────────────────────────────────────────────────────────────

/** Whether a role walks the lanes of grids: those are counted as a place's workers. */
export function walksGrids(role: Role): boolean {
  return role === 'worker'
}

/** What a form offers first, and what a device takes somebody for whose role it does not know: the least of all. */
export const leastRole: Role = 'worker'

/** Whether a role looks after the devices of the people of its places, and brings in what these could not send. */
export function maySeeDevices(role: Role): boolean {
  return role === 'staff' || role === 'admin'
}

// ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** Whether a role's device gets the records of a kind of the streams that it sees. */
export function mayPull(role: Role, kind: Kind): boolean {
  if (traits[kind].notPulled) return false
  // Plates and numbers of doors: what of them goes out is cut by the server (`db/gate-pages.ts`).
  if (standsAtGate(role)) return (gateKinds as readonly Kind[]).includes(kind)
  if (role === 'auditor' && kind.startsWith('errand')) return false
  if (role === 'handler' && (kind === 'approval' || kind === 'assessment')) return false
  return role === 'auditor' || role === 'handler' ? !personal.includes(kind) : true
}

/** Whether a role sits at a village's gate: it looks up a plate, and sees nothing of the register. */
export function standsAtGate(role: Role): boolean {
  return role === 'gate'
}

/** Whether a role sees persons at all; where not, numbers that could single somebody out are hidden. */
export function maySeePersons(role: Role): boolean {
  return mayPull(role, 'resident')
}

/** Whether a role sees how its places stand, in numbers: a department handles requests and needs none of it. */
export function maySeeOverview(role: Role): boolean {
  return role !== 'handler' && !standsAtGate(role)
}

/** Whether a role gets the list of requests from the server: whoever decides about them in an office. */
export function maySeeRequestList(role: Role): boolean {
  return role === 'staff' || role === 'admin'
}

/** Whether a role makes and stops the keys of outside systems. */
export function mayKeepHotline(role: Role): boolean {
  return role === 'admin'
}

/** Whether a role lets what waits before the door become a request, or turns it away. */
export function mayAdmit(role: Role): boolean {
  return role === 'staff' || role === 'admin'
}

/** Whether a role makes, prints and stops the codes on walls, and says what their pages let through. */
export function mayKeepCodes(role: Role): boolean {
  return role === 'staff' || role === 'admin'
}

/** Whether a role looks into the audit log of its places: who did what, never a value. */
export function mayReadAudit(role: Role): boolean {
  return role === 'auditor' || role === 'admin'
}

/** Whether a role goes from a person's page to that person's part of the audit log. */
export function mayReadAuditOfPerson(role: Role): boolean {
  return mayReadAudit(role) && maySeePersons(role)
}

/** Whether a role sits in an office: its screens begin with the office's pages and not with a walk. */
export function worksInOffice(role: Role): boolean {
  return role === 'staff' || role === 'admin' || role === 'auditor'
}

/** Whether a role begins with the office's desk: what waits for its decision, and how the day goes. */
export function hasDesk(role: Role): boolean {
  return worksInOffice(role) && maySeePersons(role)
}

// ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** Whether a role may write a kind at all in its own places; `refusalOfWrite` says what of it. */
export function mayWrite(role: Role, kind: Kind): boolean {
  return writes[role].includes(kind)
}

/** Whether a role saves the colour scheme of a subdistrict that it was given. */
export function maySaveScheme(role: Role): boolean {
  return mayWrite(role, 'scheme')
}

/** Whether a role saves the catalogue of requests and the calendar of a subdistrict that it was given. */
export function maySaveCatalogue(role: Role): boolean {
  return mayWrite(role, 'catalogue') && mayWrite(role, 'calendar')
}

/** Whether a role saves what the office asks and keeps, of a subdistrict that it was given. */
export function maySavePolicy(role: Role): boolean {
  return mayWrite(role, 'policy')
}

/** Whether a role puts an impact assessment on record, of a subdistrict that it was given. */
export function mayAssess(role: Role): boolean {
  return mayWrite(role, 'assessment')
}

/** Whether a role takes tables out of the register, and what is stored about a person. */
export function mayHandOut(role: Role): boolean {
  return mayWrite(role, 'export')
}

/** Whether a role brings rosters in. */
export function mayImport(role: Role): boolean {
  return mayWrite(role, 'import')
}

/** Whether a role answers what people ask about their own data, and complaints. */
export function mayAnswer(role: Role): boolean {
  return role === 'staff' || role === 'admin'
}

/** Whether a role lets others look at the data of minors, and take it out: never for itself (`approval.ts`). */
export function mayApprove(role: Role): boolean {
  return mayWrite(role, 'approval')
}

/** Roles for whom such an approval can be made: those that see persons. */
export const approvable: readonly Role[] = (Object.keys(writes) as Role[]).filter((role) =>
  mayWrite(role, 'reveal'),
)

/** Whether a role gets the yearly report of its places: numbers alone. */
export function mayReadYear(role: Role): boolean {
  return mayApprove(role) || mayReadAudit(role)
}

/** Whether a role works on what requests bring to its unit, and sees nothing of the register. */
export function hasErrands(role: Role): boolean {
  return role === 'handler'
}

/** Whether a role proposes a colour by hand: whoever writes residents. */
export function mayProposeByHand(role: Role): boolean {
  return mayWrite(role, 'resident')
}

/** Whether a role says yes or no to a colour that somebody else proposed. */
export function mayReview(role: Role): boolean {
  return role === 'staff' || role === 'admin'
}

/** The parts of a mutation that decide whether its author may make it, beside the stream. */
export interface Write {
  readonly kind: Kind
  readonly op: 'create' | 'patch' | 'remove'
  readonly fields: Values
  /** Of a patch: the stream where the record shall stand. */
  readonly to?: string | undefined
}

/** Codes of `protocol/problem.ts`. */
export type WriteRefusal = 'kind-not-yours' | 'append-only' | 'stream-not-yours'

/** Null where a role may write this in a place of its own. `isRoot`: a whole subdistrict that it was given. */
export function refusalOfWrite(role: Role, isRoot: boolean, write: Write): WriteRefusal | null {
  const { kind, op } = write
  if (kind === 'clash') return settles(role, write) ? null : 'kind-not-yours'
  if (kind === 'building' && locates(role, write)) return null
  if (traits[kind].byServer || !mayWrite(role, kind)) return 'kind-not-yours'
  // A scheme, policy or assessment is of a place as a whole, and every version of it is kept.
  if (governing.has(kind)) {
    if (op !== 'create') return 'append-only'
    return isRoot ? null : 'stream-not-yours'
  }
  if (kind === 'import') return refusalOfImport(write)
  if (kind === 'landlord-link') return refusalOfLink(write)
  // Whether a picture came is found by the server, and what one of a unit became beside the request.
  if (kind.endsWith('photo') && found.some((name) => name in write.fields)) return 'kind-not-yours'
  // That a household took it along is the server's word.
  if (kind === 'vehicle' && 'endedWhy' in write.fields) return 'kind-not-yours'
  if (kind === 'resident' && 'restrictedOn' in write.fields && !mayAnswer(role)) {
    return 'kind-not-yours'
  }
  // Whoever does not want to be named any more; nobody is named by a patch, nor in another entry.
  if (kind === 'fund-giver' && op === 'patch') return unnames(write) ? null : 'append-only'
  if (kind === 'approval' && op === 'patch') return endsApproval(write) ? null : 'append-only'
  if (saysAnswer(write) && !mayAnswer(role)) return 'kind-not-yours'
  const { appendOnly, notPulled } = traits[kind]
  if (appendOnly && op === 'patch') return 'append-only'
  // A visit tapped by mistake can be taken back; that somebody looked at a number cannot.
  if (notPulled && op === 'remove') return 'append-only'
  // What was asked and answered stays: it is withdrawn by a step, which stands in its history.
  if (kept.has(kind) && op === 'remove') return 'append-only'
  return isMovedAlone(write) ? null : 'kind-not-yours'
}

const governing: ReadonlySet<Kind> = new Set([
  'scheme',
  'policy',
  'calendar',
  'catalogue',
  'assessment',
])
const found = ['arrivedAt', 'refusedAs', 'photo']

const kept: ReadonlySet<Kind> = new Set([
  'request',
  'request-step',
  'asker',
  'errand-step',
  'errand-photo',
  'approval',
  'fund',
  'fund-entry',
  'fund-check',
  'topic-step',
  'voice',
])

/** What stands in a grid by itself or in something that stands there, and what is asked there; all else goes along. */
const movable: ReadonlySet<Kind> = new Set([
  'building',
  'dwelling',
  'household',
  'resident',
  'request',
])

/** Whether a patch leaves its record where it is, or the record may go to another grid by itself. */
function isMovedAlone({ kind, op, to }: Write): boolean {
  if (op !== 'patch' || to === undefined) return true
  return movable.has(kind)
}

const whereabouts = ['latitude', 'longitude', 'outline']

/** Who walks the lane says where a building stands, and nothing else of it; nor to which grid it belongs. */
function locates(role: Role, { op, fields, to }: Write): boolean {
  const names = Object.keys(fields)
  return (
    walksGrids(role) &&
    op === 'patch' &&
    to === undefined &&
    names.length > 0 &&
    names.every((name) => whereabouts.includes(name))
  )
}

/** What of an inquiry or complaint is the office's word, whether it comes with the question or after it. */
const answers: Partial<Record<Kind, readonly string[]>> = {
  inquiry: ['outcome', 'answer', 'answeredOn', 'fileMadeAt'],
  complaint: ['answer', 'answeredOn'],
}

/** What is asked is said once; what changes of it, and any answer, is the office's. */
function saysAnswer({ kind, op, fields }: Write): boolean {
  const own = answers[kind]
  if (!own) return false
  return op === 'patch' || (op === 'create' && own.some((name) => (fields[name] ?? null) !== null))
}

function unnames({ fields, to }: Write): boolean {
  return to === undefined && Object.keys(fields).join() === 'name' && fields['name'] === null
}

/** An approval is ended before its day, and nothing else of it is changed. */
function endsApproval({ fields, to }: Write): boolean {
  return (
    to === undefined &&
    Object.keys(fields).join() === 'endedOn' &&
    typeof fields['endedOn'] === 'string'
  )
}

/** A clash is made by the server; whoever writes residents says whether it is settled, and nothing else of it. */
function settles(role: Role, { op, fields, to }: Write): boolean {
  const isSettling = Object.keys(fields).join() === 'settled'
  return mayWrite(role, 'resident') && op === 'patch' && to === undefined && isSettling
}

/** A landlord's link is handed out and stopped, and never opened again; what the landlord answered by it is the server's word. */
function refusalOfLink({ op, fields, to }: Write): WriteRefusal | null {
  if (op === 'remove') return 'append-only'
  const isAllowed =
    op === 'create'
      ? !('answeredAt' in fields || 'says' in fields)
      : Object.keys(fields).join() === 'stopped' &&
        typeof fields['stopped'] === 'string' &&
        to === undefined
  return isAllowed ? null : 'kind-not-yours'
}

/** What came of an import is the server's word; a device says what it brings, and that it shall be taken back. */
function refusalOfImport({ op, fields, to }: Write): WriteRefusal | null {
  if (op === 'remove') return 'append-only'
  const names = Object.keys(fields)
  const isAllowed =
    op === 'create'
      ? !names.some((name) => serverSays.has(name))
      : names.join() === 'undoAsked' && to === undefined
  return isAllowed ? null : 'kind-not-yours'
}

const serverSays: ReadonlySet<string> = new Set(['outcome', 'builtOn', 'reason', 'refusedAt'])
