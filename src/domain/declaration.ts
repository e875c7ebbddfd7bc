/**
 * Declarations 申报 of arrivals and departures: somebody says that people came to a dwelling, or left it. Each is a claim
 * that a worker looks at within three working days; it changes nothing in the register until it is confirmed.
 */
import * as v from 'valibot'
import { addDays, instantToDay, type Day } from './day.ts'
import type { Dwelling } from './dwelling.ts'
import { choice, day, id, instant, list, maybe, telephone, text, whole } from './field.ts'
import { nameKey } from './name.ts'
import { phoneKey } from './phone.ts'
import { addWorkingDays, type WorkingCalendar } from './working-days.ts'

/** Who says so: 本人, 房东, 用人单位, 网格员. */
export const speakers = ['self', 'landlord', 'employer', 'worker'] as const
export type Speaker = (typeof speakers)[number]

export const mostPeople = 99

export const arrivalSchema = v.looseObject({
  dwelling: id,
  speaker: choice(speakers),
  /** Who came, or who speaks for them. No number of a document is asked. */
  name: text(40),
  /** All who came, the named person among them. */
  count: whole(1, mostPeople),
  from: day,
  until: maybe(day),
  telephone: maybe(telephone),
  note: maybe(text(200)),
})
export type Arrival = v.InferOutput<typeof arrivalSchema>

export const departureSchema = v.looseObject({
  dwelling: id,
  speaker: choice(speakers),
  /** Absent where whoever says so knows only how many left. */
  name: maybe(text(40)),
  count: whole(1, mostPeople),
  from: day,
  note: maybe(text(200)),
})
export type Departure = v.InferOutput<typeof departureSchema>

/** What came of it: looked at and entered in the register, or found not to be so. */
export const declarationOutcomes = ['confirmed', 'not-so'] as const
export type DeclarationOutcome = (typeof declarationOutcomes)[number]

/** 没有这回事, 门牌不对, 重复申报, 住不满3天, 其他. */
export const declarationReasons = [
  'did-not-happen',
  'wrong-door',
  'said-twice',
  'short-stay',
  'other',
] as const

/** One answer each: the server refuses a second one, so that no claim becomes two people. */
export const declarationAnswerSchema = v.looseObject({
  declaration: id,
  outcome: choice(declarationOutcomes),
  /** Of what is not so. */
  reason: maybe(choice(declarationReasons)),
  words: maybe(text(200)),
  /** Those whom it is about: made by it, recognised, or moved out. */
  residents: maybe(list(id, mostPeople)),
  /** Of somebody new: those behind that door who are called alike, and whom the worker found to be other people. */
  besides: maybe(list(id, mostPeople)),
  on: day,
})
export type DeclarationAnswer = v.InferOutput<typeof declarationAnswerSchema>

/** What a landlord said last, by the link of the dwelling. */
export const landlordSays = ['arrived', 'left', 'unchanged'] as const
export type LandlordSays = (typeof landlordSays)[number]

/** The link of a rental dwelling's landlord. The token itself is nowhere; who has it says, and never changes the register. */
export const landlordLinkSchema = v.looseObject({
  dwelling: id,
  /** SHA-256 of the token in hexadecimal. */
  hash: v.pipe(v.string('wrong-shape'), v.regex(/^[0-9a-f]{64}$/, 'wrong-shape')),
  made: day,
  /** The day on which it was stopped, or another took its place. */
  stopped: maybe(day),
  /** The server's word: when the landlord answered last, and what. */
  answeredAt: maybe(instant),
  says: maybe(choice(landlordSays)),
})
export type LandlordLink = v.InferOutput<typeof landlordLinkSchema>

/** How somebody is called: by whoever declared them, or in the register. */
export interface Called {
  readonly name?: string | null | undefined
  readonly phones?: readonly string[] | null | undefined
}

/** Whether two may be the same person behind one door: of the same name, or with the same telephone, however either is written. */
export function areCalledAlike(a: Called, b: Called): boolean {
  const name = nameKey(a.name ?? '')
  if (name !== '' && name === nameKey(b.name ?? '')) return true
  const numbers = new Set((a.phones ?? []).map(phoneKey))
  return (b.phones ?? []).some((phone) => numbers.has(phoneKey(phone)))
}

export const visitWithinWorkingDays = 3

/** The last day on which a visit to look at it is in time. */
export function declarationDue(said: Day, calendar: WorkingCalendar): Day {
  return addWorkingDays(calendar, said, visitWithinWorkingDays)
}

/** What of a new declaration its schema cannot say: nobody stays until before they came. */
export function endsBeforeItBegins({ from, until }: Pick<Arrival, 'from' | 'until'>): boolean {
  return Boolean(until) && String(until) < from
}

/** A year after it was given somebody has to look whether it is still the same landlord. */
export const linkDays = 365

/** Whether a link opens nothing any more: it was stopped, grew old, or its dwelling is not let. */
export function isLinkOver(
  { stopped, made }: Pick<LandlordLink, 'stopped' | 'made'>,
  use: Dwelling['use'],
  today: Day,
): boolean {
  return Boolean(stopped) || !isLet(use) || addDays(made, linkDays) < today
}

/** Whose landlord lives elsewhere. */
export function isLet(use: Dwelling['use']): boolean {
  return use === 'rental' || use === 'group-rental'
}

/** Whether a landlord has still to say how things stand in the month of a day. */
export function isAnswerMissing(
  { stopped, answeredAt, made }: Pick<LandlordLink, 'stopped' | 'answeredAt' | 'made'>,
  today: Day,
): boolean {
  if (stopped) return false
  const month = today.slice(0, 7)
  // In the month in which it was handed out the worker has just been there.
  return made.slice(0, 7) < month && (!answeredAt || instantToDay(answeredAt).slice(0, 7) < month)
}
