/**
 * What the calendar does with a request by itself, and when: it accepts and dispatches what the catalogue sends on at
 * once, resumes what was suspended until a day, reminds and supervises, and closes what nobody answered for 15 days.
 */
import { promiseOf } from './clocks.ts'
import type { Course, JudgedStep } from './course.ts'
import { resumesAt } from './due.ts'
import type { Request } from './request.ts'
import type { RequestRules } from './rules.ts'
import type { RequestState, RequestStep } from './step.ts'
import { supervisionNow, supervisionsOf, type SupervisionLevel } from './supervision.ts'

/** The step that it makes; `at` in milliseconds since 1970 is the earliest moment for it. */
export interface CalendarAct {
  readonly at: number
  readonly step: 'accept' | 'dispatch' | 'resume' | 'supervise' | 'close'
  readonly fields: Partial<RequestStep>
}

/** A released answer stands so long; then nobody's silence keeps it open. */
export const silentDays = 15
const dayMs = 86_400_000

/** States in which the asker still waits for the answer that was promised. */
const promised: ReadonlySet<RequestState> = new Set<RequestState>([
  'submitted',
  'accepted',
  'assigned',
  'handling',
  'handled',
  'outside',
])

/** The next act, due or to come; null where nothing happens by itself. */
export function calendarActOf(
  request: Pick<Request, 'item' | 'site' | 'latitude' | 'source'>,
  steps: readonly JudgedStep[],
  course: Course,
  rules: RequestRules,
  now: number,
): CalendarAct | null {
  const acts = [
    sentOnAtOnce(request, steps, course, rules),
    resumed(course, rules),
    closed(course),
    supervised(request, steps, course, rules, now),
  ].filter((act) => act !== null)
  return acts.sort((a, b) => a.at - b.at)[0] ?? null
}

/** The calendar's round comes every few minutes: what fell due at closing time is still said in the hour after it. */
const lateMs = 3_600_000

/** Whether it may be done now: nobody is reminded at night but of what is urgent. */
export function isTimeFor(
  act: CalendarAct,
  course: Course,
  rules: RequestRules,
  now: number,
): boolean {
  if (act.at > now) return false
  if (act.step !== 'supervise' || course.level === 'urgent') return true
  return now - act.at < lateMs || rules.time.isWorkingTime(now)
}

/** Only what has one unit, stands somewhere, and came neither through the waiting room nor from another system. */
function sentOnAtOnce(
  request: Pick<Request, 'item' | 'site' | 'latitude' | 'source'>,
  steps: readonly JudgedStep[],
  course: Course,
  rules: RequestRules,
): CalendarAct | null {
  const item = rules.itemOf(course.item ?? request.item)
  const hasSite = Boolean(request.site) || typeof request.latitude === 'number'
  if (!item?.isDispatchedAtOnce || !item.unit || item.isStaffOnly || course.wasDispatched)
    return null
  if ((item.coUnits ?? []).length > 0 || !hasSite) return null
  if (request.source === 'page' || request.source === 'hotline') return null
  const last = steps.at(-1)
  if (!last) return null
  const at = Date.parse(last.received ?? last.at)
  if (course.state === 'submitted') return { at, step: 'accept', fields: { level: course.level } }
  // What a person accepted, that person sends on.
  const isOwn = steps.findLast(({ step, moved }) => moved && step === 'accept')?.actor
  return course.state === 'accepted' && isOwn === 'calendar'
    ? { at, step: 'dispatch', fields: { unit: item.unit } }
    : null
}

function resumed({ state, suspendedUntil }: Course, { time }: RequestRules): CalendarAct | null {
  if (state !== 'suspended' || suspendedUntil === null) return null
  return { at: resumesAt(suspendedUntil, time), step: 'resume', fields: {} }
}

function closed({ state, releasedAt, ending }: Course): CalendarAct | null {
  if (state !== 'verifying' || releasedAt === null) return null
  const fields = { ending: ending ?? ('explained' as const) }
  return { at: Date.parse(releasedAt) + silentDays * dayMs, step: 'close', fields }
}

function supervised(
  request: Pick<Request, 'item'>,
  steps: readonly JudgedStep[],
  course: Course,
  rules: RequestRules,
  now: number,
): CalendarAct | null {
  if (!promised.has(course.state)) return null
  const promise = promiseOf(steps, rules.limitsOf(course.item ?? request.item), rules.time)
  if (!promise) return null
  const said = course.supervision as SupervisionLevel | null
  const plan = supervisionsOf(promise, course.level === 'urgent', rules.time)
  const over = supervisionNow(plan, said, now)
  const next = plan.filter(({ level }) => said === null || level > said)
  const level = over ?? next[0]?.level
  const at = next.find((one) => one.level === level)?.at
  return level === undefined || at === undefined
    ? null
    : { at, step: 'supervise', fields: { supervision: level } }
}
