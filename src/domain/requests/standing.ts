/** How a request stands, in one row: what lists, counts and the calendar's round ask, without its steps. */
import { calendarActOf } from './calendar-act.ts'
import { errandDueOf, promiseOf } from './clocks.ts'
import { courseOf, type JudgedStep } from './course.ts'
import type { Request } from './request.ts'
import type { RequestRules } from './rules.ts'
import type { Ending, RequestLevel, RequestState } from './step.ts'

/** Moments in milliseconds since 1970. */
export interface RequestStanding {
  readonly state: RequestState
  readonly round: number
  readonly level: RequestLevel
  readonly item: string | null
  readonly unit: string | null
  readonly asks: readonly string[]
  readonly submittedAt: number | null
  /** The promise of this round; null where none was made. */
  readonly promise: number | null
  readonly isProvisional: boolean
  /** It stands still: it was suspended, or another authority has it. */
  readonly isPaused: boolean
  /** Of the unit that has it. */
  readonly due: number | null
  /** Whether each answer so far came in time; null while there was none. */
  readonly inTime: boolean | null
  readonly supervision: number | null
  readonly closedAt: number | null
  readonly ending: Ending | null
  readonly solved: boolean | null
  readonly content: 'content' | 'partly' | 'not' | null
  readonly lastStep: string | null
  /** When the calendar has to look again; null: never. */
  readonly nextAt: number | null
}

export function standingOf(
  request: Pick<Request, 'item' | 'site' | 'latitude' | 'source'>,
  steps: readonly JudgedStep[],
  rules: RequestRules,
): RequestStanding {
  const course = courseOf(steps)
  const item = course.item ?? request.item ?? null
  const limits = rules.limitsOf(item)
  const promise = promiseOf(steps, limits, rules.time)
  const first = steps.find(({ step }) => step === 'submit')
  const answers = steps.filter(
    ({ step, moved, inTime }) => moved && isAnswer(step) && inTime !== undefined,
  )
  const round = steps.findLastIndex(({ step, moved }) => moved && step === 'not-solved')
  const answered = steps.slice(round + 1).findLast(({ step, moved }) => moved && step === 'answer')
  const moment = (at: string | null) => (at === null ? null : Date.parse(at))
  return {
    ...{ state: course.state, round: course.round, level: course.level, item },
    ...{ unit: course.lead, asks: Object.keys(course.asks).sort() },
    submittedAt: first ? Date.parse(first.at) : null,
    promise: promise?.at ?? null,
    isProvisional: promise?.isProvisional ?? false,
    isPaused: promise !== null && promise.suspendedAt !== null,
    due: course.lead ? errandDueOf(steps, limits, rules.time) : null,
    inTime: answers.length === 0 ? null : answers.every(({ inTime }) => inTime === true),
    // What was said at the due is taken back where the unit's word of before it arrived in time after all.
    supervision: answered?.inTime ? null : course.supervision,
    closedAt: moment(course.closedAt),
    ...{ ending: course.ending, solved: course.word?.solved ?? null },
    content: steps.findLast(({ content, moved }) => moved && content)?.content ?? null,
    lastStep: course.lastStep,
    nextAt: calendarActOf(request, steps, course, rules, 0)?.at ?? null,
  }
}

/** What the asker was promised: a released answer, one of the office itself, or the matter settled on the spot. */
export function isAnswer(step: JudgedStep['step']): boolean {
  return step === 'release' || step === 'answer-self' || step === 'settle'
}
