/** For what a request waits in an office, as the desk counts it and a list of requests is narrowed to it. */
import { addLimit } from '#domain/requests/due.ts'
import type { RequestRules } from '#domain/requests/rules.ts'
import { openStates } from '#domain/requests/transition.ts'
import type { RequestView } from './requests.ts'

/** To be taken on, to be given to a unit, an answer to be let out, to be asked whether it is solved; a unit's question; 督办. */
export const requestWaits = [
  'submitted',
  'accepted',
  'handled',
  'verifying',
  'asks',
  'supervised',
] as const
export type RequestWait = (typeof requestWaits)[number]

export function isRequestWait(said: unknown): said is RequestWait {
  return (requestWaits as readonly unknown[]).includes(said)
}

/** Whether a request waits for this; it may wait for more than one thing. */
export function waitsFor({ course }: Pick<RequestView, 'course'>, wait: RequestWait): boolean {
  if (!openStates.includes(course.state)) return false
  if (wait === 'asks') return Object.keys(course.asks).length > 0
  if (wait === 'supervised') return (course.supervision ?? 0) > 0
  return course.state === wait
}

/** The moment that presses, in milliseconds since 1970; null where nothing was promised. */
export function pressesAt(
  view: RequestView,
  wait: RequestWait,
  rules: RequestRules,
): number | null {
  const { request, course, steps, promise, callBackDue } = view
  if (wait === 'verifying') return callBackDue
  const taken = steps[0]?.step.at
  if (wait !== 'submitted' || taken === undefined) return promise?.at ?? null
  const limits = rules.limitsOf(course.item ?? request.fields.item)(course.level)
  return addLimit(Date.parse(taken), limits.accept, rules.time)
}
