/** Requests as screens show them: the course of each with what this device has not sent yet, and the lists of the tab. */
import type { Role } from '#domain/account.ts'
import { errandDueOf, promiseOf, type Promised } from '#domain/requests/clocks.ts'
import { addLimit } from '#domain/requests/due.ts'
import type { RequestRules } from '#domain/requests/rules.ts'
import { courseOf, type Course, type JudgedStep } from '#domain/requests/course.ts'
import { judgeStep } from '#domain/requests/judge.ts'
import type { StepName } from '#domain/requests/step.ts'
import { actorOf, openStates, transitions, type Actor } from '#domain/requests/transition.ts'
import type { Rec, Register } from '#app/register/register.ts'
import { rulesHere } from '#app/register/request-rules.ts'
import { mayDecideAsks } from '#domain/permission-of-requests.ts'

export interface Viewer {
  readonly role: Role
  readonly account: string
  /** Milliseconds since 1970. */
  readonly now: number
}

export interface RequestView {
  readonly request: Rec<'request'>
  readonly steps: readonly ShownStep[]
  readonly course: Course
  readonly promise: Promised | null
  /** When the unit owes its answer; null where none has it. */
  readonly errandDue: number | null
  /** By when the person shall be asked whether it is solved; null where nothing was answered. */
  readonly callBackDue: number | null
  readonly isLate: boolean
}

export interface ShownStep {
  readonly step: JudgedStep
  /** It lies on this device and waits to be sent. */
  readonly isPending: boolean
}

interface Kept {
  /** Whose words wait here: what the server will find depends on who says it. */
  readonly viewer: string
  readonly rules: RequestRules
  readonly views: Map<string, { readonly changes: number; readonly view: RequestView }>
  /** The lists of one revision, and between which moments they stand: later one more is late. */
  lists: {
    readonly revision: number
    readonly from: number
    readonly until: number
    readonly lists: RequestLists
  } | null
}

const kept = new WeakMap<Register, Kept>()

/** Worked out again only where something of the request, or what decides about it, changed. */
export function viewRequest(
  register: Register,
  request: Rec<'request'>,
  viewer: Viewer,
): RequestView {
  const { rules, views } = viewsOf(register, viewer)
  const changes = register.requestChanges(request.id)
  const held = views.get(request.id)
  if (held?.changes === changes && !isSentSince(register, held.view)) {
    const isLate = isLateAt(held.view, viewer.now)
    if (isLate === held.view.isLate) return held.view
    const view = { ...held.view, isLate }
    views.set(request.id, { changes, view })
    return view
  }
  const view = makeView(register, request, viewer, rules)
  views.set(request.id, { changes, view })
  return view
}

/** A step that came back as it was sent changes no record: it only waits no longer. */
function isSentSince(register: Register, { steps }: RequestView): boolean {
  return steps.some(({ step, isPending }) => isPending && !register.isPending(step.id))
}

function viewsOf(register: Register, { role, account }: Viewer): Kept {
  const viewer = `${role}/${account}`
  const rules = rulesHere(register)
  const held = kept.get(register)
  if (held?.viewer === viewer && held.rules === rules) return held
  const fresh: Kept = { viewer, rules, views: new Map(), lists: null }
  // A lock empties the register: what was worked out of it goes with it.
  if (!held) {
    register.subscribe(() => {
      const last = kept.get(register)
      if (register.allRequestChanges > 0 || !last) return
      last.views.clear()
      last.lists = null
    })
  }
  kept.set(register, fresh)
  return fresh
}

function isLateAt({ course, promise }: Pick<RequestView, 'course' | 'promise'>, now: number) {
  const isOpen = openStates.includes(course.state)
  return isOpen && promise !== null && promise.suspendedAt === null && promise.at < now
}

function makeView(
  register: Register,
  request: Rec<'request'>,
  viewer: Viewer,
  rules: RequestRules,
): RequestView {
  const judged: JudgedStep[] = []
  const steps: ShownStep[] = []
  for (const record of register.requestSteps(request.id)) {
    const isPending = register.isPending(record.id)
    const own = { ...record.fields, id: record.id, doneBy: record.by ?? viewer.account }
    const step =
      isPending && own.received === undefined ? judgedHere(own, judged, viewer, rules) : own
    judged.push(step)
    steps.push({ step, isPending })
  }
  const course = courseOf(judged)
  const limits = rules.limitsOf(course.item ?? request.fields.item)
  const promise = promiseOf(judged, limits, rules.time)
  const { releasedAt, state, level } = course
  return {
    ...{ request, steps, course, promise },
    errandDue: course.lead ? errandDueOf(judged, limits, rules.time) : null,
    callBackDue:
      state === 'verifying' && releasedAt !== null
        ? addLimit(Date.parse(releasedAt), limits(level).callBack, rules.time)
        : null,
    isLate: isLateAt({ course, promise }, viewer.now),
  }
}

/** What the server will probably find: the same law on what this device knows. */
function judgedHere(
  step: JudgedStep,
  before: readonly JudgedStep[],
  viewer: Viewer,
  rules: RequestRules,
): JudgedStep {
  const actor = actorOf(viewer.role)
  if (step.step === 'submit') return { ...step, actor, moved: true, to: 'submitted' }
  if (actor === null) return step
  const verdict = judgeStep(step, {
    steps: before,
    course: courseOf(before),
    actor,
    by: viewer.account,
    unit: null,
    now: viewer.now,
    due: null,
    time: rules.time,
  })
  if (!verdict.ok) return { ...step, actor, moved: false }
  return verdict.moved
    ? { ...step, actor, moved: true, from: verdict.from, to: verdict.to }
    : { ...step, actor, moved: false, from: verdict.from, why: verdict.why }
}

/** An act of the office that waits here: it is done only once the server has it. Null where none waits. */
export function waitingAct(
  { steps }: RequestView,
  { role }: Pick<Viewer, 'role'>,
): StepName | null {
  const actor = actorOf(role)
  if (actor === null) return null
  const acts = steps.filter(({ step, isPending }) => isPending && !mayOffline(step.step, actor))
  return acts.at(-1)?.step.step ?? null
}

/** Numbers that other systems know it by: who handed it in, and to whom it was handed. */
export function outsideNumbers({
  steps,
  course,
}: Pick<RequestView, 'steps' | 'course'>): readonly string[] {
  const numbers = [steps[0]?.step.outsideNumber, course.outside?.number]
  return [...new Set(numbers.flatMap((number) => number ?? []))]
}

function mayOffline(step: StepName, actor: Actor): boolean {
  return transitions[step].offline.includes(actor)
}

export type RequestList = 'mine' | 'open' | 'done'

/** States in which it is this role's turn. */
const turns: Readonly<Record<Role, readonly Course['state'][]>> = {
  worker: ['verifying'],
  staff: ['submitted', 'accepted', 'handled', 'verifying'],
  admin: ['submitted', 'accepted', 'handled'],
  handler: [],
  auditor: [],
  gate: [],
}

export interface RequestLists {
  readonly mine: readonly RequestView[]
  readonly open: readonly RequestView[]
  readonly done: readonly RequestView[]
}

/** By the promise, the earliest first; what is over by its newest step. Sorted anew only after a change. */
export function listRequests(register: Register, viewer: Viewer): RequestLists {
  const last = viewsOf(register, viewer)
  const { revision } = register
  const held = last.lists
  if (held?.revision === revision && viewer.now >= held.from && viewer.now <= held.until) {
    return held.lists
  }
  const lists = sortRequests(register, viewer)
  const next = lists.open
    .filter(({ isLate, promise }) => !isLate && promise !== null && promise.suspendedAt === null)
    .map(({ promise }) => promise?.at ?? Infinity)
  const until = next.reduce((first, at) => Math.min(first, at), Infinity)
  last.lists = { revision, from: viewer.now, until, lists }
  return lists
}

function sortRequests(register: Register, viewer: Viewer): RequestLists {
  const views = [...register.all('request')].map((request) =>
    viewRequest(register, request, viewer),
  )
  const open = views.filter(({ course }) => openStates.includes(course.state)).sort(byPromise)
  const asksWait = ({ course }: RequestView) =>
    mayDecideAsks(viewer.role) && Object.keys(course.asks).length > 0
  return {
    open,
    mine: open.filter((view) => turns[viewer.role].includes(view.course.state) || asksWait(view)),
    done: views
      .filter(({ course }) => !openStates.includes(course.state))
      .sort((a, b) => (lastMoment(a) < lastMoment(b) ? 1 : -1)),
  }
}

function byPromise(a: RequestView, b: RequestView): number {
  return (a.promise?.at ?? Infinity) - (b.promise?.at ?? Infinity)
}

function lastMoment({ steps }: RequestView): string {
  const last = steps.at(-1)?.step
  return last?.received ?? last?.at ?? ''
}

export interface ErrandView {
  readonly errand: Rec<'errand'>
  readonly steps: readonly Rec<'errand-step'>[]
  readonly isOver: boolean
  readonly isLate: boolean
}

/** What a unit has, the earliest due first; what ended comes last. */
export function listErrands(register: Register, now: number): readonly ErrandView[] {
  return [...register.all('errand')]
    .map((errand) => viewErrand(register, errand, now))
    .sort(
      (a, b) =>
        Number(a.isOver) - Number(b.isOver) ||
        ((a.errand.fields.due ?? '9') < (b.errand.fields.due ?? '9') ? -1 : 1),
    )
}

export function viewErrand(register: Register, errand: Rec<'errand'>, now: number): ErrandView {
  const { endedAt, due } = errand.fields
  return {
    errand,
    steps: register.errandSteps(errand.id),
    isOver: Boolean(endedAt),
    isLate: !endedAt && due !== null && due !== undefined && Date.parse(due) < now,
  }
}
