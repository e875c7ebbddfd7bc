/** Which steps a person may make on a request or an errand now, and in which order they are offered. */
import type { Role } from '#domain/account.ts'
import type { Course } from '#domain/requests/course.ts'
import type { RequestState, StepName } from '#domain/requests/step.ts'
import { actorOf, stepsFor, transitions, unitActor } from '#domain/requests/transition.ts'
import type { ErrandView, RequestView } from './requests.ts'
import { ending, inBulk, likely, stepForms } from './step-fields.ts'

/** Steps on a request; none for whoever only looks. */
export function stepsOffered(
  { course }: { readonly course: Pick<Course, 'state' | 'asks'> },
  role: Role,
): readonly StepName[] {
  return stepsAt(course.state, role).filter((name) => isMeant(name, course.asks))
}

/** Steps that all of these requests may take at once; none of none. */
export function stepsInBulk(views: readonly Pick<RequestView, 'course'>[], role: Role) {
  if (views.length === 0) return []
  return inBulk.filter((name) =>
    views.every(({ course }) => stepsAt(course.state, role).includes(name)),
  )
}

/** Whether a step may be made at all where the request stands now. */
export function mayStep(state: RequestState, step: StepName, role: Role): boolean {
  return stepsAt(state, role).includes(step)
}

/** What this device has not sent yet is done for its owner: a signed errand offers its answer at once. */
export function errandSteps({ errand, steps }: ErrandView): readonly StepName[] {
  const { state } = errand.fields
  const isSigned = steps.some(({ fields, version }) => fields.step === 'sign' && version === 0)
  const now: RequestState = state === 'assigned' && isSigned ? 'handling' : state
  return stepsFor(unitActor, now)
}

/** Whether a step counts from the moment that it is saved; else it is an act, which counts once the office has it. */
export function countsOffline(step: StepName, role: Role): boolean {
  const actor = actorOf(role)
  return actor !== null && transitions[step].offline.includes(actor)
}

export interface SortedSteps {
  /** The likeliest one: the page's filled button. */
  readonly first: StepName | null
  /** What takes the matter on, and what ends it or takes it out of these hands. */
  readonly others: readonly StepName[]
  readonly endings: readonly StepName[]
}

/** Those without a form are none that a person makes on these pages. */
export function sortSteps(possible: readonly StepName[]): SortedSteps {
  const drawn = possible.filter((name) => stepForms[name] !== undefined)
  const first = likely.find((name) => drawn.includes(name)) ?? drawn[0] ?? null
  const rest = drawn.filter((name) => name !== first)
  return {
    first,
    others: rest.filter((name) => !ending.includes(name)),
    endings: rest.filter((name) => ending.includes(name)),
  }
}

function stepsAt(state: RequestState, role: Role): readonly StepName[] {
  const actor = actorOf(role)
  return actor === null ? [] : stepsFor(actor, state)
}

/** What answers an ask is offered only where something is asked. */
function isMeant(name: StepName, asks: Course['asks']): boolean {
  if (name === 'grant-return') return asks.return !== undefined
  if (name === 'refuse-ask') return Object.keys(asks).length > 0
  return true
}
