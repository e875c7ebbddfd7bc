/** Household 户: the people who actually live together in a dwelling; a dwelling may hold several. */
import * as v from 'valibot'
import { choice, day, flag, id, list, maybe, text } from './field.ts'

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
