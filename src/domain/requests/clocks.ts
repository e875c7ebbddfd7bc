/** The dues of a request, read from its steps: the promise to the asker, and what the office or the unit owes now. */
import type { WorkingTime } from '../calendar.ts'
import type { JudgedStep } from './course.ts'
import { isHigher } from './judge.ts'
import { addLimit, dueOf, errandDue, type ClockEvent, type Due, type Limit } from './due.ts'
import type { RequestLevel, RequestStep } from './step.ts'

/** The limits of one kind of matter at one level; data of the catalogue. */
export interface Limits {
  readonly accept: Limit
  readonly sign: Limit
  readonly answer: Limit
  readonly giveBack: Limit
  readonly callBack: Limit
  readonly again: Limit
}

/** 一般, 紧急, 重大 where the catalogue says nothing else. */
export const defaultLimits: Readonly<Record<RequestLevel, Limits>> = {
  ordinary: {
    accept: { unit: 'working-hours', count: 4 },
    sign: { unit: 'working-hours', count: 4 },
    answer: { unit: 'working-days', count: 5 },
    giveBack: { unit: 'working-days', count: 2 },
    callBack: { unit: 'working-days', count: 3 },
    again: { unit: 'working-days', count: 3 },
  },
  urgent: {
    accept: { unit: 'clock-hours', count: 2 },
    sign: { unit: 'clock-hours', count: 2 },
    answer: { unit: 'clock-hours', count: 24 },
    giveBack: { unit: 'working-days', count: 2 },
    callBack: { unit: 'working-days', count: 3 },
    again: { unit: 'working-days', count: 3 },
  },
  major: {
    accept: { unit: 'working-hours', count: 4 },
    sign: { unit: 'working-hours', count: 4 },
    answer: { unit: 'working-days', count: 15 },
    giveBack: { unit: 'working-days', count: 2 },
    callBack: { unit: 'working-days', count: 3 },
    again: { unit: 'working-days', count: 3 },
  },
}

export interface Promised extends Due {
  /** Before acceptance it is the form's estimate: by the level that was said. */
  readonly isEstimate: boolean
  readonly round: number
}

/** When the asker was promised an answer in the present round; `outside`: an earlier day of a hotline counts. */
export function promiseOf(
  steps: readonly JudgedStep[],
  limitsOf: (level: RequestLevel) => Limits,
  time: WorkingTime,
): Promised | null {
  const first = steps.find(({ step }) => step === 'submit')
  if (!first) return null
  const again = steps.findLastIndex(({ step, moved }) => moved && step === 'not-solved')
  const round = 1 + steps.filter(({ step, moved }) => moved && step === 'not-solved').length
  const accepted = steps.find(({ step, moved }) => moved && step === 'accept')
  if (again >= 0) {
    const begun = steps[again] ?? first
    const level = levelOf(steps.slice(0, again))
    const events = clockEvents(steps.slice(again + 1), level, limitsOf)
    const due = dueOf(Date.parse(begun.at), limitsOf(level).again, events, time)
    return { ...due, isEstimate: false, round }
  }
  const level = accepted?.level ?? first.level ?? 'ordinary'
  const events = clockEvents(steps, first.level ?? 'ordinary', limitsOf)
  const ledger = first.ledgerDay ?? null
  const due = dueOf(Date.parse(first.at), limitsOf(level).answer, events, time, ledger)
  // The day by which another system was promised an answer counts where it is earlier.
  const outside = first.until ? time.closingOf(first.until) : Infinity
  const at = Math.min(due.at, outside, ...promisesOfMerged(steps))
  return { ...due, at, isEstimate: !accepted && ledger === null, round }
}

/** What those were promised whose requests were merged into this one and not parted again. */
function promisesOfMerged(steps: readonly JudgedStep[]): readonly number[] {
  const promises = new Map<string, number>()
  for (const { fromRequest, promised } of steps) {
    if (!fromRequest || promised === undefined) continue
    if (promised === null) promises.delete(fromRequest)
    else promises.set(fromRequest, Date.parse(promised))
  }
  return [...promises.values()]
}

/** The level that stands after some steps; a proposed one does not count. */
function levelOf(steps: readonly JudgedStep[]): RequestLevel {
  const says = ({ step, moved, level }: JudgedStep) =>
    moved && level && (step === 'submit' || step === 'accept' || step === 'set-level')
  return steps.findLast(says)?.level ?? 'ordinary'
}

/** What moves a due, of steps in order; `level` is the one before them. A level set at acceptance raises nothing. */
function clockEvents(
  steps: readonly JudgedStep[],
  level: RequestLevel,
  limitsOf: (level: RequestLevel) => Limits,
): ClockEvent[] {
  const events: ClockEvent[] = []
  let current = level
  for (const step of steps) {
    if (!step.moved) continue
    const at = Date.parse(step.received ?? step.at)
    switch (step.step) {
      case 'accept':
        current = step.level ?? current
        break
      case 'set-level': {
        const to = step.level ?? current
        if (isHigher(to, current)) events.push({ event: 'raised', at, limit: limitsOf(to).answer })
        current = to
        break
      }
      case 'suspend':
        events.push({ event: 'suspended', at })
        break
      case 'hand-outside':
        // The promise stands still only once the asker was told whose number and by when.
        if (step.outsideNumber && step.until) events.push({ event: 'suspended', at })
        break
      case 'resume':
      case 'take-back':
        events.push({ event: 'resumed', at })
        break
      case 'answer':
      case 'recall':
        if (step.from === 'suspended') events.push({ event: 'resumed', at })
        break
      case 'extend':
        events.push({ event: 'extended', at, days: step.days ?? 0 })
        break
      default:
        break
    }
  }
  return events
}

/** When the unit that has the request owes its answer; null where none has it. What moves the promise moves it too. */
export function errandDueOf(
  steps: readonly JudgedStep[],
  limitsOf: (level: RequestLevel) => Limits,
  time: WorkingTime,
): number | null {
  const promise = promiseOf(steps, limitsOf, time)
  const index = steps.findLastIndex(({ step, moved }) => moved && step === 'dispatch')
  const last = steps[index]
  if (!promise || !last) return null
  const level = levelOf(steps.slice(0, index + 1))
  const dispatched = Date.parse(last.received ?? last.at)
  const events = clockEvents(steps.slice(index + 1), level, limitsOf)
  return errandDue(dispatched, limitsOf(level).answer, promise.at, time, events)
}

/**
 * Whether a step that answers came in time: of the office towards the asker, of the unit towards the office. Undefined
 * of every other step, and where nothing was promised.
 */
export function inTimeOf(
  said: Pick<RequestStep, 'step' | 'at'>,
  steps: readonly JudgedStep[],
  limitsOf: (level: RequestLevel) => Limits,
  time: WorkingTime,
  now: number,
): boolean | undefined {
  const isUnits = said.step === 'answer'
  if (!isUnits && !['release', 'answer-self', 'settle'].includes(said.step)) return undefined
  const due = isUnits
    ? errandDueOf(steps, limitsOf, time)
    : (promiseOf(steps, limitsOf, time)?.at ?? null)
  return due === null ? undefined : isInTime(due, Date.parse(said.at), now, time)
}

/** In time is judged by the moment of doing where the step arrives within a working day after the due. */
export function isInTime(
  due: number,
  doneAt: number,
  received: number,
  time: WorkingTime,
): boolean {
  const grace = addLimit(due, { unit: 'working-days', count: 1 }, time)
  return (received <= grace ? doneAt : received) <= due
}
