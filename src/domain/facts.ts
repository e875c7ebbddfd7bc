/**
 * The facts that a scheme's rules may ask for. Each is read from a subject's context, lazily: a rule that asks for
 * the age costs no look at the hazards. A fact that depends on time says how, so that the day of its next change is
 * computed and never searched for.
 */
import { careLapsed } from './care-lapse.ts'
import { addDays, birthday, earlier, type Day } from './day.ts'
import { dwellingUses, type Dwelling } from './dwelling.ts'
import type { Household } from './household.ts'
import { openHelpOf, unmetHelpOf, type HelpRequest, type HelpSaid } from './requests/help-facts.ts'
import { isFloating, livesApartFromHukou } from './residence.ts'
import { careTags, type CareTag, type Resident } from './resident.ts'

/** `lastMet`: the day of the last visit with outcome met, to the household or the resident. */
export interface ResidentContext {
  readonly resident: Resident
  readonly household: Household
  readonly dwelling: Dwelling | null
  /** Who lives in the household now, the subject included. */
  readonly members: readonly Resident[]
  readonly lastMet: Day | null
  /** Requests of help by and for the subject; absent where there is none. */
  readonly help?: readonly HelpRequest[]
}

export interface DwellingContext {
  readonly dwelling: Dwelling
  readonly households: readonly Household[]
  /** Who lives in the dwelling now. */
  readonly residents: readonly Resident[]
  readonly lastMet: Day | null
}

export type Subject =
  | { readonly kind: 'resident'; readonly context: ResidentContext }
  | { readonly kind: 'dwelling'; readonly context: DwellingContext }

export type Unit = 'years' | 'months' | 'days' | 'working-days'

/** What a fact says. A missing value or day is "not known": no condition on it holds, nor its opposite by time. */
export type FactValue =
  | {
      readonly type: 'value'
      readonly value: string | number | boolean | null
      /** The next day on which it is another value without anybody's doing. */
      readonly next: Day | null
      /** Of a flag: what the words of a reason say of it, as the numbers of requests. */
      readonly says?: string
    }
  | { readonly type: 'since'; readonly unit: Unit; readonly day: Day | null }
  | { readonly type: 'until'; readonly day: Day | null }

/**
 * What a condition may compare: a flag, one of some choices, a whole number, or a count of time whose lowest and
 * highest are not known.
 */
export type FactShape =
  | { readonly of: 'flag' }
  | { readonly of: 'choice'; readonly options: readonly string[] }
  | { readonly of: 'grade'; readonly least: number; readonly most: number }
  | { readonly of: 'count'; readonly unit: Unit }

export interface FactDefinition<Context> {
  readonly shape: FactShape
  readonly read: (context: Context, today: Day) => FactValue
}

const flag: FactShape = { of: 'flag' }
const count = (unit: Unit): FactShape => ({ of: 'count', unit })

const unknown: FactValue = { type: 'value', value: null, next: null }
const yes: FactValue = { type: 'value', value: true, next: null }
const no: FactValue = { type: 'value', value: false, next: null }

function truth(value: boolean): FactValue {
  return value ? yes : no
}

/** Whether a tag is valid today, and the day on which that changes. */
function tagFact(resident: Resident, name: CareTag, today: Day): FactValue {
  const tag = resident.tags?.find((held) => held.tag === name)
  if (!tag) return no
  if (today < tag.from) return { type: 'value', value: false, next: tag.from }
  if (!tag.until) return yes
  if (today > tag.until) return no
  return { type: 'value', value: true, next: addDays(tag.until, 1) }
}

function either(first: FactValue, second: () => FactValue): FactValue {
  if (first.type !== 'value') return first
  if (first.value === true && first.next === null) return first
  const other = second()
  if (other.type !== 'value') return first
  const value = first.value === true || other.value === true
  return { type: 'value', value, next: earlier(first.next, other.next) }
}

/** Nobody younger than sixty at home; somebody of unknown age may be a child. */
function noChildAtHome(members: readonly Resident[], today: Day): FactValue {
  let next: Day | null = null
  for (const { birth } of members) {
    if (!birth) return no
    const sixty = birthday(birth, 60)
    // The last of them to turn sixty decides.
    if (sixty > today && (next === null || sixty > next)) next = sixty
  }
  return { type: 'value', value: next === null && members.length > 0, next }
}

function openHazards(dwelling: Dwelling | null) {
  return (dwelling?.hazards ?? []).filter((hazard) => !hazard.cleared)
}

/** Fire hazard in the table safety_hazard. */
const fireHazard = '02'

function helpFact({ isTrue, next, numbers }: HelpSaid): FactValue {
  return { type: 'value', value: isTrue, next, says: numbers.join('、') }
}

const tagFacts = Object.fromEntries(
  careTags.map((tag): [string, FactDefinition<ResidentContext>] => [
    `tag.${tag}`,
    {
      shape: flag,
      read: ({ resident }, today) => tagFact(resident, tag, today),
    },
  ]),
)

const isLet = (dwelling: Dwelling | null) =>
  dwelling?.use === 'rental' || dwelling?.use === 'group-rental'

/** Facts of a resident by name; `fact-labels.ts` has the words that an editor shows. */
export const residentFacts: Readonly<Record<string, FactDefinition<ResidentContext>>> = {
  ...tagFacts,
  age: {
    shape: count('years'),
    read: ({ resident }) => ({ type: 'since', unit: 'years', day: resident.birth ?? null }),
  },
  livesAlone: {
    shape: flag,
    read: ({ resident, members }, today) =>
      members.length === 1 ? yes : tagFact(resident, 'living-alone', today),
  },
  noChildAtHome: {
    shape: flag,
    read: ({ resident, members }, today) =>
      either(tagFact(resident, 'empty-nest', today), () => noChildAtHome(members, today)),
  },
  disabilityGrade: {
    shape: { of: 'grade', least: 1, most: 4 },
    read({ resident }, today) {
      const held = tagFact(resident, 'disabled', today)
      const grade = resident.tags?.find((tag) => tag.tag === 'disabled')?.grade ?? null
      if (held.type !== 'value') return unknown
      return { type: 'value', value: held.value === true ? grade : null, next: held.next }
    },
  },
  floating: {
    shape: flag,
    read: ({ resident }) => truth(isFloating(resident)),
  },
  livesApart: {
    shape: flag,
    read: ({ resident }) => truth(livesApartFromHukou(resident)),
  },
  tenant: {
    shape: flag,
    read: ({ dwelling }) => truth(isLet(dwelling)),
  },
  registered: {
    shape: flag,
    read: ({ resident }) => truth(Boolean(resident.registeredOn ?? resident.permitType)),
  },
  monthsSinceArrival: {
    shape: count('months'),
    read: ({ resident }) => ({ type: 'since', unit: 'months', day: resident.arrivedOn ?? null }),
  },
  workingDaysSinceArrival: {
    shape: count('working-days'),
    read: ({ resident }) => ({
      type: 'since',
      unit: 'working-days',
      day: resident.arrivedOn ?? null,
    }),
  },
  daysUntilEndorsement: {
    shape: count('days'),
    read: ({ resident }) => ({ type: 'until', day: resident.permitExpires ?? null }),
  },
  daysAddressUnverified: {
    shape: count('days'),
    read({ resident, lastMet }) {
      const changed = resident.addressChangedOn ?? null
      const seen = later(lastMet, resident.verifiedOn ?? null)
      const open = changed !== null && (seen === null || seen < changed)
      return { type: 'since', unit: 'days', day: open ? changed : null }
    },
  },
  verified: {
    shape: flag,
    read: ({ resident, lastMet }) => truth(Boolean(resident.verifiedOn) || lastMet !== null),
  },
  openHelp: {
    shape: flag,
    read: ({ help }) => helpFact(openHelpOf(help ?? [])),
  },
  unmetHelp: {
    shape: flag,
    read: ({ help }, today) => helpFact(unmetHelpOf(help ?? [], today)),
  },
  careLapsed: {
    shape: flag,
    read: ({ resident }, today) => ({ type: 'value', ...careLapsed(resident.cares, today) }),
  },
  seriousDispute: {
    shape: flag,
    read: ({ household }) =>
      truth((household.disputes ?? []).some((item) => item.serious === true && !item.settled)),
  },
}

/** Facts of a dwelling by name. */
export const dwellingFacts: Readonly<Record<string, FactDefinition<DwellingContext>>> = {
  use: {
    shape: { of: 'choice', options: dwellingUses },
    read: ({ dwelling }) => ({ type: 'value', value: dwelling.use ?? null, next: null }),
  },
  occupied: {
    shape: flag,
    read: ({ residents }) => truth(residents.length > 0),
  },
  openHazard: {
    shape: flag,
    read: ({ dwelling }) => truth(openHazards(dwelling).length > 0),
  },
  hazardToLife: {
    shape: flag,
    read: ({ dwelling }) => truth(openHazards(dwelling).some((hazard) => hazard.toLife === true)),
  },
  fireHazard: {
    shape: flag,
    read: ({ dwelling }) =>
      truth(openHazards(dwelling).some((hazard) => hazard.type === fireHazard)),
  },
  verified: {
    shape: flag,
    read: ({ residents, lastMet }) =>
      truth(residents.length > 0 && (lastMet !== null || residents.some((one) => one.verifiedOn))),
  },
}

/** A fact of a subject; "not known" where this version does not know the fact's name. */
export function readFact(subject: Subject, name: string, today: Day): FactValue {
  if (subject.kind === 'resident') {
    return definition(residentFacts, name)?.read(subject.context, today) ?? unknown
  }
  return definition(dwellingFacts, name)?.read(subject.context, today) ?? unknown
}

/** A scheme may name anything, also what every object has, such as `constructor`. */
function definition<Context>(
  facts: Readonly<Record<string, FactDefinition<Context>>>,
  name: string,
): FactDefinition<Context> | undefined {
  return Object.hasOwn(facts, name) ? facts[name] : undefined
}

function later(a: Day | null, b: Day | null): Day | null {
  if (a === null) return b
  return b === null || a > b ? a : b
}
