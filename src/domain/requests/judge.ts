/**
 * The law of steps: what the server makes of one that comes in. What somebody did or heard at a door is never refused
 * for being late: it moves the request where that is still right, and else becomes a note with all its words. What
 * must be decided on today's truth is an act of the office: it is done only where nothing happened since it was meant.
 */
import type { WorkingTime } from '../calendar.ts'
import { daysBetween, instantToDay } from '../day.ts'
import { rankOf, solvedBy, type Course, type JudgedStep } from './course.ts'
import { addLimit, workingDaysSuspended, resumesAt } from './due.ts'
import {
  requestLevels,
  type NoteReason,
  type RequestLevel,
  type RequestState,
  type RequestStep,
} from './step.ts'
import { transitions, type Actor } from './transition.ts'

/** Why a step is refused: it is then not stored, and stays with its author to be mended. */
export type StepProblem =
  /** This role may never do it, or not this time (a second suspension is an administrator's). */
  | 'not-allowed'
  /** Something that the step needs is not in it; `field` names it. */
  | 'field-missing'
  /** An act of the office that was meant for another state: it is shown to its author as a proposal. */
  | 'meanwhile-changed'

export type Verdict =
  | {
      readonly ok: true
      readonly moved: true
      readonly from: RequestState
      readonly to: RequestState
      readonly unseen: number
    }
  | {
      readonly ok: true
      readonly moved: false
      readonly from: RequestState
      readonly why: NoteReason
      readonly unseen: number
    }
  | { readonly ok: false; readonly problem: StepProblem; readonly field?: string }

/** What the server knows when a step arrives; moments in milliseconds since 1970. */
export interface Arrival {
  /** All judged steps of the request, in the order of the stream, and what they lead to. */
  readonly steps: readonly JudgedStep[]
  readonly course: Course
  readonly actor: Actor
  /** Account that acts, or a fixed id. */
  readonly by: string
  /** Unit of the handler who acts; null elsewhere. */
  readonly unit: string | null
  readonly now: number
  /** The due of the errand as it stands; null where nobody has it. */
  readonly due: number | null
  readonly time: WorkingTime
}

const dayMs = 86_400_000
/** Closed requests are opened again within so many days; a withdrawal is undone within one, an invalidation within 30. */
export const reopenDays = 15
const undoMs = { withdrawn: dayMs, invalid: 30 * dayMs }
/** More than this, or a second time, is an administrator's to grant. */
const suspensionByStaff = 10
const extensionByStaff = 10
/** Working days of all suspensions of a round, and how many there may be. */
export const mostSuspendedDays = 20
export const mostSuspensions = 2
const returnWithin = { unit: 'working-days', count: 2 } as const

export function judgeStep(step: RequestStep, arrival: Arrival): Verdict {
  const { course, actor } = arrival
  const rule = transitions[step.step]
  if (!rule.who.includes(actor)) return { ok: false, problem: 'not-allowed' }
  const missing = missingField(step)
  if (missing) return { ok: false, problem: 'field-missing', field: missing }
  const unseen = stepsSince(step.after ?? null, arrival.steps)
  const isMutation = rule.offline.includes(actor) || actor === 'asker'
  // An act of the office is one of what its screen showed. The calendar's own acts are judged by what stands now.
  if (!isMutation && actor !== 'calendar' && unseen > 0) {
    return { ok: false, problem: 'meanwhile-changed' }
  }
  const { state: from } = course
  const note = (why: NoteReason): Verdict => ({ ok: true, moved: false, from, why, unseen })
  if (!rule.from.includes(from)) {
    if (!isMutation) return { ok: false, problem: 'meanwhile-changed' }
    return note('state-changed')
  }
  if (actor === 'handler' && !hasErrand(arrival)) return note('errand-ended')
  const problem = problemOfGrant(step, arrival)
  if (problem) return { ok: false, problem }
  const why = reasonAgainst(step, arrival)
  if (why) return note(why)
  return { ok: true, moved: true, from, to: targetOf(step, course, arrival), unseen }
}

/** How many steps came after the one that the screen showed; of none shown, and of one that is not known, all. */
export function stepsSince(after: string | null, steps: readonly JudgedStep[]): number {
  const seen = after === null ? -1 : steps.findLastIndex(({ id }) => id === after)
  return steps.length - 1 - seen
}

/** A co-unit's words are a note; what moves the request is the lead's. */
function hasErrand({ course, unit }: Arrival): boolean {
  return unit !== null && unit === course.lead
}

const needed: Readonly<Partial<Record<RequestStep['step'], readonly (keyof RequestStep)[]>>> = {
  settle: ['words'],
  dispatch: ['unit'],
  'ask-return': ['reason'],
  'ask-suspension': ['reason', 'until'],
  suspend: ['reason', 'until', 'wordsForAsker'],
  'ask-extension': ['reason', 'days'],
  extend: ['days', 'wordsForAsker'],
  answer: ['words', 'ending', 'wordsForAsker'],
  'answer-self': ['ending', 'wordsForAsker'],
  invalidate: ['reason', 'wordsForAsker'],
  merge: ['into'],
  'hand-outside': ['wordsForAsker'],
  'call-back': ['reached'],
  'set-level': ['level'],
  'propose-level': ['level'],
}

function missingField(step: RequestStep): string | null {
  const isMissing = (field: keyof RequestStep) => step[field] === undefined || step[field] === null
  const field = needed[step.step]?.find(isMissing)
  return field === undefined ? null : String(field)
}

/** What staff may grant once and within bounds is an administrator's beyond them. */
function problemOfGrant(
  step: RequestStep,
  { course, actor, now, time }: Arrival,
): StepProblem | null {
  if (step.step === 'suspend') {
    const days = step.until ? workingDaysSuspended(now, resumesAt(step.until, time), time) - 1 : 0
    if (course.suspensions >= mostSuspensions || days > mostSuspendedDays) return 'not-allowed'
    if (actor === 'staff' && (course.suspensions > 0 || days > suspensionByStaff)) {
      return 'not-allowed'
    }
  }
  if (step.step === 'extend' && actor === 'staff') {
    if (course.extensions > 0 || (step.days ?? 0) > extensionByStaff) return 'not-allowed'
  }
  // After two returns the subdistrict decides, and its word binds.
  if (step.step === 'grant-return' && actor === 'staff' && course.returns >= 2) return 'not-allowed'
  return null
}

/** Why a step that its state would allow moves nothing all the same. */
function reasonAgainst(step: RequestStep, arrival: Arrival): NoteReason | null {
  const { course, steps, now, due, time } = arrival
  const at = Date.parse(step.at)
  switch (step.step) {
    case 'ask-return': {
      const dispatched = Date.parse(course.dispatchedAt ?? step.at)
      return at > addLimit(dispatched, returnWithin, time) ? 'return-late' : null
    }
    case 'ask-suspension':
    case 'ask-extension': {
      if (due === null || now <= due) return null
      const grace = addLimit(due, { unit: 'working-days', count: 1 }, time)
      return at <= due && now <= grace ? null : 'asked-late'
    }
    case 'not-solved':
    case 'rate':
    case 'call-back': {
      const overruled = isOverruled(step, course, steps)
      if (overruled) return 'word-overruled'
      if (course.state !== 'closed' || step.step !== 'not-solved') return null
      const closed = instantToDay(course.closedAt ?? step.at)
      return daysBetween(closed, instantToDay(step.at)) > reopenDays ? 'closed-long-ago' : null
    }
    case 'undo': {
      const { before, state } = course
      const within = state === 'withdrawn' || state === 'invalid' ? undoMs[state] : Infinity
      return before && at - Date.parse(before.at) > within ? 'undo-late' : null
    }
    default:
      return null
  }
}

/**
 * Of two words about one round the later one wins if its author had seen the earlier. Where neither had seen the
 * other, rank decides, and of equal rank the later moment.
 */
function isOverruled(step: RequestStep, course: Course, steps: readonly JudgedStep[]): boolean {
  const { word } = course
  const solved = solvedBy(step)
  if (solved === null || !word || word.round !== course.round || word.solved === solved)
    return false
  const seen = steps.findLastIndex(({ id }) => id === step.after)
  const said = steps.findIndex(({ id }) => id === word.step)
  if (seen >= said) return false
  const rank = rankOf(step)
  return rank < word.rank || (rank === word.rank && step.at < word.at)
}

function targetOf(step: RequestStep, course: Course, arrival: Arrival): RequestState {
  const { state } = course
  switch (step.step) {
    case 'rate':
      return step.solved === true ? 'closed' : state
    case 'call-back':
      return closesByCall(step, course) ? 'closed' : state
    case 'take-back':
      return step.ending ? 'closed' : 'accepted'
    case 'part':
    case 'undo':
      return course.wasDispatched ? 'accepted' : (course.before?.state ?? 'accepted')
    case 'set-level':
      return state === 'suspended' && isHigher(step.level ?? course.level, course.level)
        ? 'handling'
        : state
    case 'not-solved':
      return 'accepted'
    default:
      return transitions[step.step].to ?? arrival.course.state
  }
}

/** Somebody said that it is solved; or three tries on two days reached nobody. */
function closesByCall(step: RequestStep, course: Course): boolean {
  if (step.reached) return step.solved === true
  const tries = [...course.tries, instantToDay(step.at)]
  return tries.length >= 3 && new Set(tries).size >= 2
}

export function isHigher(a: RequestLevel, b: RequestLevel): boolean {
  return requestLevels.indexOf(a) > requestLevels.indexOf(b)
}
