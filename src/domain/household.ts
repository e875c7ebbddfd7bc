/** Household 户: the people who actually live together in a dwelling; a dwelling may hold several. */
import * as v from 'valibot'
import type { Day } from './day.ts'
import { choice, day, flag, id, list, maybe, text, type FieldProblem } from './field.ts'

export const disputeSchema = v.looseObject({
  id,
  serious: maybe(flag),
  found: day,
  settled: maybe(day),
  note: maybe(text(200)),
})
export type Dispute = v.InferOutput<typeof disputeSchema>

/** A life event (birth, death, moving in or out) after which somebody should call within 24 hours. */
export const lifeEvents = ['birth', 'death', 'moved-in', 'moved-out', 'other'] as const

export const householdSchema = v.looseObject({
  dwelling: id,
  /** Resident who heads the household. */
  head: maybe(id),
  disputes: maybe(list(disputeSchema, 50)),
  lifeEvent: maybe(choice(lifeEvents)),
  lifeEventOn: maybe(day),
  /** The day on which the household left as a whole. */
  endedOn: maybe(day),
  endedTo: maybe(text(100)),
  note: maybe(text(500)),
})
export type Household = v.InferOutput<typeof householdSchema>

/** Days that lie in the past when they are recorded: a household that has not left yet still lives there. */
const pastDays = ['lifeEventOn', 'endedOn'] as const

/** What its schema cannot say: on `today` nothing of it lies ahead. Never throws, whatever the values are. */
export function householdProblems(
  fields: Readonly<Record<string, unknown>>,
  today: Day,
): FieldProblem[] {
  return pastDays
    .filter((field) => typeof fields[field] === 'string' && fields[field] > today)
    .map((field) => ({ field, problem: 'day-in-future' }))
}
