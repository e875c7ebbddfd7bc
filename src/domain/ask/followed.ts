/** What whoever asked sees of the own request: own words, how it stands, by when and why, and what was answered. */
import { promiseOf, type Promised } from '../requests/clocks.ts'
import { courseOf, type JudgedStep } from '../requests/course.ts'
import { toldToAsker, type Told } from '../requests/hotline.ts'
import { reopenDays } from '../requests/judge.ts'
import type { Request } from '../requests/request.ts'
import type { RequestRules } from '../requests/rules.ts'
import type { RequestState } from '../requests/step.ts'
import { stepsFor } from '../requests/transition.ts'
import { daysBetween, dayAt, instantToDay } from '../day.ts'

export type AskerAct = 'note' | 'not-solved' | 'withdraw' | 'undo' | 'rate'
export const askerActs = ['note', 'not-solved', 'withdraw', 'undo', 'rate'] as const

export interface Followed {
  readonly number: string
  /** When it was asked. */
  readonly at: string
  readonly itemName: string | null
  readonly words: string | null
  readonly where: string | null
  /** What was said later by whoever asked. */
  readonly added: readonly Told[]
  readonly state: RequestState
  /** Of one that was merged: how the other one stands. */
  readonly survivor: RequestState | null
  readonly told: readonly Told[]
  /** Null where nothing is promised, or it is answered. */
  readonly promise: Promised | null
  readonly unit: string | null
  /** When something happened last. */
  readonly lastAt: string
  readonly rated: 'content' | 'partly' | 'not' | null
  readonly may: readonly AskerAct[]
  /** The last step that is shown: what is said next is about it. */
  readonly after: string | null
}

const dayMs = 86_400_000
const answeredStates: ReadonlySet<RequestState> = new Set<RequestState>([
  'verifying',
  'closed',
  'withdrawn',
  'invalid',
  'merged',
])

export function followedOf(
  request: Request,
  steps: readonly JudgedStep[],
  rules: RequestRules | undefined,
  more: {
    readonly unit: string | null
    readonly survivor: {
      readonly state: RequestState
      readonly steps: readonly JudgedStep[]
    } | null
    readonly now: number
  },
): Followed {
  const course = courseOf(steps)
  const { state } = course
  const { survivor, unit, now } = more
  const promise = rules
    ? promiseOf(steps, rules.limitsOf(course.item ?? request.item), rules.time)
    : null
  const isAnswered = answeredStates.has(state)
  const told = [...toldToAsker(steps), ...(survivor ? toldToAsker(survivor.steps) : [])]
  return {
    ...{ number: request.number, at: request.at, itemName: request.itemName ?? null },
    ...{ words: request.words ?? null, where: request.where ?? null, state, unit },
    added: steps
      .filter(({ step, actor, words }) => actor === 'asker' && step !== 'submit' && words)
      .map(({ at, received, words }) => ({ at: received ?? at, words: words ?? '' })),
    ...{ survivor: survivor?.state ?? null, told, promise: isAnswered ? null : promise },
    lastAt: steps.reduce((last, step) => {
      const at = step.received ?? step.at
      return at > last ? at : last
    }, request.at),
    rated:
      steps.findLast(({ step, content, moved }) => step === 'rate' && moved && content)?.content ??
      null,
    may: askerActs.filter((act) => mayStill(act, course, now)),
    after: course.lastStep,
  }
}

function mayStill(act: AskerAct, course: ReturnType<typeof courseOf>, now: number): boolean {
  if (!stepsFor('asker', course.state).includes(act)) return false
  switch (act) {
    case 'undo':
      return (
        course.state === 'withdrawn' &&
        course.before !== null &&
        now - Date.parse(course.before.at) <= dayMs
      )
    case 'not-solved':
      return (
        course.closedAt === null ||
        course.state !== 'closed' ||
        daysBetween(instantToDay(course.closedAt), dayAt(now)) <= reopenDays
      )
    case 'note':
    case 'withdraw':
    case 'rate':
      return true
  }
}
