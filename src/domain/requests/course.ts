/**
 * The course of a request: what its judged steps lead to, in the order of the stream. A pure fold; it asks nothing
 * that the server has found already, so that every device and every version of the app comes to the same state.
 */
import { instantToDay, type Day } from '../day.ts'
import type { Ending, RequestLevel, RequestState, RequestStep } from './step.ts'

export interface JudgedStep extends RequestStep {
  readonly id: string
  /** Account, or the fixed id of the asker or the calendar. */
  readonly doneBy: string
}

export interface Ask {
  readonly step: string
  readonly at: string
  readonly unit: string | null
}

/** A word about whether a round solved the matter. */
export interface Word {
  readonly step: string
  readonly at: string
  readonly rank: number
  readonly round: number
  readonly solved: boolean
}

export interface Course {
  readonly state: RequestState
  readonly round: number
  readonly level: RequestLevel
  readonly item: string | null
  /** The unit whose errand moves the request; null where none has it. */
  readonly lead: string | null
  readonly coUnits: readonly string[]
  /** What the unit asks and the office has not answered. */
  readonly asks: Readonly<Partial<Record<'return' | 'suspension' | 'extension', Ask>>>
  readonly returns: number
  readonly suspensions: number
  readonly suspendedUntil: Day | null
  readonly extensions: number
  /** It was dispatched at least once. */
  readonly wasDispatched: boolean
  readonly dispatchedAt: string | null
  readonly releasedAt: string | null
  readonly closedAt: string | null
  readonly ending: Ending | null
  readonly word: Word | null
  /** Days of the call-backs of this round that reached nobody. */
  readonly tries: readonly Day[]
  /** Where it stood before it was withdrawn, called invalid or merged, by whom and since when; null elsewhere. */
  readonly before: {
    readonly state: RequestState
    readonly at: string
    readonly by: string
  } | null
  readonly mergedInto: string | null
  readonly outside: { readonly number: string | null; readonly until: Day | null } | null
  /** The highest supervision of this round; null where there was none. */
  readonly supervision: number | null
  readonly lastStep: string | null
  readonly count: number
}

const beginning: Course = {
  state: 'submitted',
  round: 1,
  level: 'ordinary',
  item: null,
  lead: null,
  coUnits: [],
  asks: {},
  returns: 0,
  suspensions: 0,
  suspendedUntil: null,
  extensions: 0,
  wasDispatched: false,
  dispatchedAt: null,
  releasedAt: null,
  closedAt: null,
  ending: null,
  word: null,
  tries: [],
  before: null,
  mergedInto: null,
  outside: null,
  supervision: null,
  lastStep: null,
  count: 0,
}

/** Steps in the order of the stream. A note, and a step that came too late, changes nothing but the last step. */
export function courseOf(steps: readonly JudgedStep[]): Course {
  return steps.reduce(afterStep, beginning)
}

/** Who is believed where neither had seen the other: the asker, then a worker at the door, then a telephone call. */
export function rankOf(step: Pick<RequestStep, 'actor' | 'by'>): number {
  if (step.actor === 'asker') return 3
  return step.by === 'telephone' ? 1 : 2
}

/** What a step says of whether the matter is solved; null where it says nothing of it. */
export function solvedBy(step: Pick<RequestStep, 'step' | 'solved' | 'reached'>): boolean | null {
  switch (step.step) {
    case 'not-solved':
      return false
    case 'rate':
      return step.solved ?? null
    case 'call-back':
      return step.reached ? (step.solved ?? null) : null
    default:
      return null
  }
}

export function afterStep(course: Course, step: JudgedStep): Course {
  const seen = { ...course, lastStep: step.id, count: course.count + 1 }
  if (!step.moved) return seen
  const at = step.received ?? step.at
  const state = step.to ?? course.state
  const next: Course = { ...seen, state, ...consequence(course, step, at) }
  return state === 'closed' && course.state !== 'closed'
    ? { ...next, closedAt: at, ending: step.ending ?? next.ending ?? 'solved' }
    : next
}

const noUnit = { lead: null, coUnits: [], asks: {}, suspendedUntil: null } as const

function consequence(course: Course, step: JudgedStep, at: string): Partial<Course> {
  const solved = solvedBy(step)
  const word =
    solved === null
      ? {}
      : {
          word: { step: step.id, at: step.at, rank: rankOf(step), round: course.round, solved },
        }
  switch (step.step) {
    case 'submit':
    case 'admit':
    case 'accept':
      return { level: step.level ?? course.level, item: step.item ?? course.item }
    case 'settle':
      return { ending: 'self', closedAt: at }
    case 'dispatch':
      return {
        lead: step.unit ?? null,
        coUnits: step.coUnits ?? [],
        asks: {},
        wasDispatched: true,
        dispatchedAt: at,
      }
    case 'add-unit':
      return { coUnits: [...new Set([...course.coUnits, ...(step.coUnits ?? [])])] }
    case 'recall':
      return noUnit
    case 'grant-return':
      return { ...noUnit, returns: course.returns + 1 }
    case 'ask-return':
    case 'ask-suspension':
    case 'ask-extension': {
      const ask: Ask = { step: step.id, at: step.at, unit: step.unit ?? null }
      return { asks: { ...course.asks, [askOf(step.step)]: ask } }
    }
    case 'refuse-ask':
    case 'withdraw-ask':
      return { asks: {} }
    case 'suspend':
      return {
        asks: without(course.asks, 'suspension'),
        suspensions: course.suspensions + 1,
        suspendedUntil: step.until ?? null,
      }
    case 'resume':
      return { suspendedUntil: null }
    case 'extend':
      return { asks: without(course.asks, 'extension'), extensions: course.extensions + 1 }
    case 'answer':
      return { asks: {}, ending: step.ending ?? 'solved', suspendedUntil: null }
    case 'release':
      return { ...noUnit, releasedAt: at }
    case 'send-back':
      return { ending: null }
    case 'answer-self':
      return { ending: step.ending ?? 'explained', releasedAt: at }
    case 'call-back':
      return {
        ...word,
        ...(step.reached ? {} : { tries: [...course.tries, instantToDay(step.at)] }),
      }
    case 'rate':
      return word
    case 'not-solved':
      return {
        ...word,
        ...noUnit,
        round: course.round + 1,
        ...{ suspensions: 0, extensions: 0, returns: 0, tries: [], supervision: null },
        ...{ ending: null, closedAt: null, releasedAt: null, dispatchedAt: null },
      }
    case 'withdraw':
    case 'invalidate':
    case 'merge':
      return {
        before: { state: course.state, at, by: step.doneBy },
        mergedInto: step.step === 'merge' ? (step.into ?? null) : null,
        suspendedUntil: null,
        asks: {},
      }
    case 'part':
    case 'undo':
      return { ...noUnit, before: null, mergedInto: null }
    case 'hand-outside':
      return { outside: { number: step.outsideNumber ?? null, until: step.until ?? null } }
    case 'take-back':
      return { outside: null, ...(step.ending ? { ending: step.ending } : {}) }
    case 'supervise':
      return { supervision: Math.max(course.supervision ?? 0, step.supervision ?? 1) }
    case 'set-level':
      return {
        level: step.level ?? course.level,
        suspendedUntil: step.to === 'handling' ? null : course.suspendedUntil,
      }
    case 'turn-away':
    case 'sign':
    case 'note':
    case 'close':
    case 'propose-level':
      return {}
  }
}

function askOf(
  step: 'ask-return' | 'ask-suspension' | 'ask-extension',
): 'return' | 'suspension' | 'extension' {
  return step === 'ask-return' ? 'return' : step === 'ask-suspension' ? 'suspension' : 'extension'
}

function without(asks: Course['asks'], name: keyof Course['asks']): Course['asks'] {
  const { [name]: _, ...rest } = asks
  return rest
}
