/** What of a table is shown: a saved view keeps it, so that every word of it has to be understood by other devices. */
import * as v from 'valibot'
import { dwellingUses } from './dwelling.ts'
import { choice, day, flag, id, list, maybe, text, whole } from './field.ts'
import { colourKeys } from './level.ts'
import { careTags, residences } from './resident.ts'

/** Facts that a register should have and often lacks. */
export const missingFacts = [
  'phone',
  'document',
  'birth',
  'residence',
  'hukou',
  'relation',
  'notice',
  'verified',
  'landlord',
] as const
export type MissingFact = (typeof missingFacts)[number]

/** The four of 人户情况, and the two that are derived. */
export const residenceKinds = [...residences, 'floating', 'apart'] as const
export type ResidenceKind = (typeof residenceKinds)[number]

/** Who lives here now, who has left or died, both. */
export const presences = ['present', 'gone', 'all'] as const
export type Presence = (typeof presences)[number]

/** Days that a table can be narrowed by: moving in, the last and the next visit. */
export const filterDays = ['arrived', 'met', 'due'] as const
export type FilterDay = (typeof filterDays)[number]

export const careStandings = ['some', 'lapsed'] as const

/** Stands for every colour that was given by hand, beside the keys of rules. */
export const reasonByHand = 'by-hand'

/** There is no free text in it: a name that was searched for is nobody else's business. */
export const filterSchema = v.looseObject({
  presence: maybe(choice(presences)),
  colours: maybe(list(choice(colourKeys), 6)),
  tags: maybe(list(choice(careTags), 20)),
  ageFrom: maybe(whole(0, 150)),
  ageTo: maybe(whole(0, 150)),
  residences: maybe(list(choice(residenceKinds), 6)),
  uses: maybe(list(choice(dwellingUses), 5)),
  grid: maybe(id),
  estate: maybe(text(40)),
  building: maybe(id),
  /** `week`: due within seven days or overdue. */
  due: maybe(choice(['week', 'overdue'])),
  /** Only dwellings with a vehicle. */
  vehicles: maybe(flag),
  /** `some`: care is arranged; `lapsed`: somebody should have looked at it. */
  care: maybe(choice(careStandings)),
  missing: maybe(list(choice(missingFacts), 10)),
  /** Both days belong to it. */
  arrivedFrom: maybe(day),
  arrivedTo: maybe(day),
  /** Moved in less than so many months ago, whatever day it is. */
  arrivedWithin: maybe(whole(1, 120)),
  metFrom: maybe(day),
  metTo: maybe(day),
  neverMet: maybe(flag),
  dueFrom: maybe(day),
  dueTo: maybe(day),
  /** Keys of rules of the scheme, and `reasonByHand`: one of them is enough. */
  reasons: maybe(list(text(60), 60)),
})
export type SheetFilter = v.InferOutput<typeof filterSchema>
