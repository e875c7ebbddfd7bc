/** What waits for an account's decision, counted from what this device holds: kind, number, and what presses first. */
import { isServiceOld } from '#domain/nearby.ts'
import { mayKeepServices, mayKeepTopics } from '#domain/permission-of-places.ts'
import { mayAnswer } from '#domain/permission.ts'
import type { Day } from '#domain/day.ts'
import type { Register } from '#app/register/register.ts'
import { allVisits } from './all-visits.ts'
import { careDue } from './care.ts'
import { vehiclesOver } from './plates.ts'
import { policyOf } from './policy-in-force.ts'
import { countDeclarations } from './declarations.ts'
import { rulesHere } from './request-rules.ts'
import { pressesAt, requestWaits, waitsFor, type RequestWait } from './request-waits.ts'
import { listRequests, type Viewer } from './requests.ts'
import { itemKinds, type ItemKind, type ReviewItem } from './review-items.ts'
import { requestsPages } from '#app/links/requests.ts'
import { privacyPages } from '#app/links/privacy.ts'
import { placesPages } from '#app/links/places.ts'
import { fundPages } from '#app/links/funds.ts'
import { countWaitingForMe } from './funds.ts'
import { officePages } from '#app/links/office.ts'
import { topicsPages } from '#app/links/topics.ts'
import { firstPages } from '#app/links/first.ts'
import { walkPages } from '#app/links/walk.ts'
import { topicsWaiting } from './topics.ts'

export interface Waiting {
  readonly kind:
    | RequestWait
    | Exclude<ItemKind, 'device'>
    | 'inquiries'
    | 'complaints'
    | 'imports'
    | 'care'
    | 'services'
    | 'declarations'
    | 'topics-close'
    | 'topics-decide'
    | 'vehicles'
    | 'entries'
    /** What this device does not hold: only the office knows how many. */
    | 'hotline'
  readonly count: number
  /** The earliest moment (milliseconds since 1970) or day by which one of them is promised; null where none is. */
  readonly by: number | Day | null
  readonly isLate: boolean
  /** How many of them are over their day, where that is counted. */
  readonly late?: number
  /** The list of just these. */
  readonly href: string
}

/** What was promised first stands first, by the moment that presses; what was not promised follows. */
export function waitingHere(
  register: Register,
  viewer: Viewer,
  day: Day,
  review: readonly ReviewItem[],
): Waiting[] {
  return [
    ...ofRequests(register, viewer),
    ...asked(register, viewer, day),
    ...ofReview(review),
    ofCare(register, day),
    ofServices(register, viewer, day),
    {
      ...{ kind: 'vehicles' as const, count: vehiclesOver(register, day), by: null },
      ...{ isLate: false, href: officePages.table() },
    },
    imports(register, viewer),
    declarations(register, day),
    ...ofTopics(register, viewer, day),
    entries(register, viewer),
  ]
    .filter(({ count }) => count > 0)
    .sort((a, b) => momentOf(a) - momentOf(b))
}

function ofRequests(register: Register, viewer: Viewer): Waiting[] {
  const rules = rulesHere(register)
  const { open } = listRequests(register, viewer)
  return requestWaits.map((kind) => {
    const these = open.filter((view) => waitsFor(view, kind))
    const moments = these.map((view) => pressesAt(view, kind, rules) ?? Infinity)
    const first = Math.min(...moments)
    return {
      kind,
      count: these.length,
      by: first === Infinity ? null : first,
      isLate: first < viewer.now,
      href: `${firstPages.requests()}?waits=${kind}`,
    }
  })
}

/** Questions of persons about their own data have a day, complaints have none. */
function asked(register: Register, { role }: Viewer, day: Day): Waiting[] {
  if (!mayAnswer(role)) return []
  const days = [...register.all('inquiry')]
    .filter(({ fields }) => !fields.outcome)
    .map(({ fields }) => fields.due)
    .sort()
  const complaints = [...register.all('complaint')].filter(({ fields }) => !fields.answeredOn)
  const [first] = days
  const [inquiries, unanswered] = [days.length, complaints.length]
  return [
    {
      kind: 'inquiries',
      count: inquiries,
      by: first ?? null,
      isLate: first !== undefined && first < day,
      href: privacyPages.protection(),
    },
    {
      kind: 'complaints',
      count: unanswered,
      by: null,
      isLate: false,
      href: privacyPages.complaints(),
    },
  ]
}

/** By kind; what only the server knows of other devices is not counted. */
function ofReview(items: readonly ReviewItem[]): Waiting[] {
  return itemKinds.flatMap((kind) =>
    kind === 'device'
      ? []
      : [
          {
            kind,
            count: items.filter((item) => item.kind === kind).length,
            by: null,
            isLate: false,
            href: `${officePages.review()}?kind=${kind}`,
          },
        ],
  )
}

/** Care that somebody has to look at by today; none where the office arranges none. */
function ofCare(register: Register, day: Day): Waiting {
  const due = policyOf(register).off.includes('cares') ? [] : careDue(register, day, undefined)
  const first = due[0]?.on ?? null
  return {
    kind: 'care',
    count: due.length,
    by: first,
    isLate: first !== null && first < day,
    href: allVisits,
  }
}

/** Services that nobody has checked for long. */
function ofServices(register: Register, { role }: Viewer, day: Day): Waiting {
  const old = mayKeepServices(role)
    ? [...register.all('service')].filter(({ fields }) => isServiceOld(fields, day))
    : []
  return {
    kind: 'services',
    count: old.length,
    by: null,
    isLate: false,
    href: placesPages.services(),
  }
}

/** Saved here and not yet written by the server, or not yet sent. */
function imports(register: Register, { account }: Viewer): Waiting {
  const open = [...register.all('import')].filter(
    ({ by, fields }) => !fields.outcome && (by ?? account) === account,
  )
  return {
    kind: 'imports',
    count: open.length,
    by: null,
    isLate: false,
    href: officePages.importRoster(),
  }
}

/** Who came or left, as somebody said: by the first day on which a visit is still in time. */
function declarations(register: Register, day: Day): Waiting {
  const { open, late, first } = countDeclarations(register, day)
  return {
    ...{ kind: 'declarations', count: open, by: first, isLate: late > 0, late },
    href: walkPages.declarations(),
  }
}

/** Topics past the day that was announced, and those that are counted. */
function ofTopics(register: Register, { role }: Viewer, day: Day): Waiting[] {
  if (!mayKeepTopics(role)) return []
  const { toClose, toDecide } = topicsWaiting(register, day)
  const common = { by: null, isLate: false, href: topicsPages.topics() }
  return [
    { kind: 'topics-close', count: toClose, ...common },
    { kind: 'topics-decide', count: toDecide, ...common },
  ]
}

/** What somebody else entered in the account of a stairwell, and a second account has to look at. */
function entries(register: Register, { account, role }: Viewer): Waiting {
  return {
    kind: 'entries',
    count: countWaitingForMe(register, { id: account, role }),
    by: null,
    isLate: false,
    href: fundPages.funds(),
  }
}

/** What waits before the door, as the office counts it; by when is told with each of them. */
export function ofHotline(count: number): Waiting[] {
  return count === 0
    ? []
    : [{ kind: 'hotline', count, by: null, isLate: false, href: requestsPages.hotline() }]
}

function momentOf({ by }: Waiting): number {
  if (by === null) return Infinity
  return typeof by === 'number' ? by : Date.parse(`${by}T23:59:59+08:00`)
}
