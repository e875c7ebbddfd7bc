/** What a unit gets of a request: worked out of its steps, the same wherever it is written. */
import { errandDueOf } from './clocks.ts'
import { afterStep, courseOf, type Course, type JudgedStep } from './course.ts'
import type { Errand } from './errand.ts'
import { maskWords } from './mask-words.ts'
import type { Asker, Request } from './request.ts'
import type { RequestRules } from './rules.ts'

/** States in which the lead unit has nothing to do any more. */
const over: ReadonlySet<string> = new Set([
  'verifying',
  'closed',
  'withdrawn',
  'invalid',
  'merged',
  'accepted',
  'outside',
])

/** The units that a step names: its lead and those that help. */
export function namedUnits(fields: Readonly<Record<string, unknown>>): string[] {
  const { unit, coUnits } = fields
  const named = [unit, ...(Array.isArray(coUnits) ? (coUnits as unknown[]) : [])]
  return named.filter((one): one is string => typeof one === 'string')
}

function isOverFor(unit: string, { state, lead, coUnits }: Course): boolean {
  return over.has(state) || (unit !== lead && !coUnits.includes(unit))
}

/** The step by which a unit lost what it had; what is only said after that ends nothing a second time. */
function endOf(unit: string, steps: readonly JudgedStep[]): JudgedStep | null {
  let end: JudgedStep | null = null
  let course = courseOf([])
  for (const step of steps) {
    const wasOver = isOverFor(unit, course)
    course = afterStep(course, step)
    if (!isOverFor(unit, course)) end = null
    else if (!wasOver) end = step
  }
  return end
}

/** `now` in milliseconds since 1970; `asker`: whoever asked, shown only where that person agreed. */
export function errandOf(
  {
    id,
    stream,
    unit,
    fields: of,
  }: {
    readonly id: string
    readonly stream: string
    readonly unit: string
    readonly fields: Request
  },
  steps: readonly JudgedStep[],
  asker: Asker | null,
  { limitsOf, itemOf, time }: RequestRules,
  now: number,
): Errand {
  const course = courseOf(steps)
  const isLead = unit === course.lead
  const item = course.item ?? of.item ?? null
  const due = errandDueOf(steps, limitsOf(item), time)
  const dispatched = steps.findLast(
    (step) =>
      step.moved && ['dispatch', 'add-unit'].includes(step.step) && namedUnits(step).includes(unit),
  )
  const spoken = steps.findLast(({ words, actor }) => words && actor !== 'handler')
  const isOver = isOverFor(unit, course)
  const end = isOver ? endOf(unit, steps) : null
  const mask = (words: string | null | undefined) => (words ? maskWords(words) : null)
  return {
    request: id,
    stream,
    number: of.number,
    round: course.round,
    item,
    itemName: itemOf(item)?.name ?? of.itemName ?? null,
    level: course.level,
    words: mask(of.words),
    where: mask(of.where),
    latitude: of.latitude ?? null,
    longitude: of.longitude ?? null,
    contact: asker?.isToldToUnit
      ? [asker.name, asker.telephone].filter(Boolean).join('，') || null
      : null,
    state: course.state,
    isLead,
    dispatchedAt: dispatched?.received ?? dispatched?.at ?? new Date(now).toISOString(),
    due: due === null || isOver ? null : new Date(due).toISOString(),
    suspendedUntil: course.suspendedUntil,
    lastStep: course.lastStep,
    lastWords: mask(spoken?.words),
    endedAt: end?.received ?? end?.at ?? null,
    endedBy: end?.step ?? null,
  }
}
