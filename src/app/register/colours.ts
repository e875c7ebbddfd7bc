/** Colours and due days, each computed once and again only where its facts, the scheme or the day changed. */
import { colourOf, type Colour } from '#domain/colour-of.ts'
import type { Reason } from '#domain/colour.ts'
import { careDueOn } from '#domain/care-lapse.ts'
import { daysBetween, earlier, instantToDay, type Day } from '#domain/day.ts'
import { dueOf, lastMetOf as lastMetOfResident } from '#domain/due.ts'
import type { Subject } from '#domain/facts.ts'
import type { HelpRequest } from '#domain/requests/help-facts.ts'
import { colourKeys, mostUrgent, urgency, type ColourKey } from '#domain/level.ts'
import type { Scheme } from '#domain/scheme.ts'
import type { Coloured, Distribution, Due, Rec } from './register.ts'

/** What colours are read from. */
export interface ColourSource {
  scheme(): Scheme
  household(id: string): Rec<'household'> | undefined
  dwelling(id: string): Rec<'dwelling'> | undefined
  resident(id: string): Rec<'resident'> | undefined
  residents(household: string): readonly Rec<'resident'>[]
  households(dwelling: string): readonly Rec<'household'>[]
  dwellings(building: string): readonly Rec<'dwelling'>[]
  visits(household: string): Iterable<Rec<'visit'>>
  /** Requests of help by and for a resident. */
  help(resident: string): readonly HelpRequest[]
  /** Five-colour records of a subject, newest first. */
  coloursOf(subject: string): readonly Rec<'colour'>[]
}

export interface HouseholdColours {
  readonly colour: ColourKey
  readonly reasons: readonly Reason[]
  readonly until: Day | null
  /** Who lives there, the head first. */
  readonly residents: ReadonlyMap<string, Colour>
  readonly due: Due
  /** The same as `due` where nobody was met today. */
  readonly morning: Morning
}

/** A household as it stood before anybody called today: what the plan of the day is made of. */
export interface Morning {
  readonly colour: ColourKey
  readonly on: Day
  readonly isEvent: boolean
  /** Due that soon because somebody has to look at care. */
  readonly isCare: boolean
  /** Who lives there. */
  readonly people: number
}

export interface Colours {
  ofResident(id: string, day: Day): Coloured
  ofDwelling(id: string, day: Day): Coloured
  ofHousehold(id: string, day: Day): Coloured
  /** What a resident's or dwelling's colour is computed from. */
  subject(id: string): Subject | undefined
  due(household: string, day: Day): Due | null
  /** All that is known of a household's colours, for whoever reads thousands of them. */
  household(id: string, day: Day): HouseholdColours | undefined
  distribution(building: string, day: Day): Distribution
  /** Days of the last visit with outcome met: of the household, or the resident in it. */
  lastMet(household: string, resident?: string): Day | null
  forgetHousehold(id: string): void
  forgetDwelling(id: string): void
  forgetBuilding(id: string): void
  forgetAll(): void
  /** The day that was asked about last; null before the first question. */
  readonly day: Day | null
  /** True where nothing is computed yet, so that nothing has to be forgotten. */
  readonly isEmpty: boolean
}

const none: Coloured = { colour: 'grey', reasons: [], until: null, since: null }

export function emptyDistribution(): Record<ColourKey, number> {
  return { red: 0, orange: 0, yellow: 0, blue: 0, green: 0, grey: 0 }
}

/** Long: short functions over memories of colours that nobody else may touch. */
export function createColours(source: ColourSource): Colours {
  const households = new Map<string, HouseholdColours>()
  const dwellings = new Map<string, Colour>()
  const buildings = new Map<string, Distribution>()
  let cachedDay: Day | null = null

  const forgetAll = () => {
    for (const cache of [households, dwellings, buildings]) cache.clear()
  }
  /** A new day is a new world; two days asked in turn would thrash, but nobody does. */
  const at = (day: Day) => {
    if (cachedDay !== day) forgetAll()
    cachedDay = day
  }
  const lastMet = (household: string, resident?: string): Day | null =>
    lastMetOf(source.visits(household), resident)

  const dwellingColour = (id: string, day: Day): Colour | undefined => {
    const known = dwellings.get(id)
    if (known) return known
    const made = colourRoom(id, day, lastMet)
    if (made) dwellings.set(id, made)
    return made
  }
  const colourRoom = (
    id: string,
    day: Day,
    metIn: (household: string) => Day | null,
  ): Colour | undefined => {
    const dwelling = source.dwelling(id)
    if (!dwelling) return undefined
    return colourOf(dwellingSubject(dwelling, metIn), source.scheme(), day)
  }

  const dwellingSubject = (
    dwelling: Rec<'dwelling'>,
    metIn: (household: string) => Day | null,
  ): Subject => {
    const homes = source.households(dwelling.id)
    const days = homes.map((home) => metIn(home.id)).filter((one) => one !== null)
    return {
      kind: 'dwelling',
      context: {
        dwelling: dwelling.fields,
        households: homes.map((home) => home.fields),
        residents: homes.flatMap((home) => source.residents(home.id).map((one) => one.fields)),
        lastMet: days.sort().at(-1) ?? null,
      },
    }
  }

  const memberSubjects = (home: Rec<'household'>, visits: readonly Rec<'visit'>[]) => {
    const members = source.residents(home.id)
    const fields = members.map((member) => member.fields)
    const dwelling = source.dwelling(home.fields.dwelling)?.fields ?? null
    const met = lastMetOf(visits)
    // Most visits are to the household: then the same day counts for each of its members.
    const isPersonal = visits.some((visit) => visit.fields.resident)
    const metOf = ({ id, fields: { joinedOn } }: Rec<'resident'>) =>
      lastMetOfResident(isPersonal ? lastMetOf(visits, id, true) : null, met, joinedOn)
    return members.map((member): readonly [string, Subject & { kind: 'resident' }] => [
      member.id,
      {
        kind: 'resident',
        context: {
          resident: member.fields,
          household: home.fields,
          dwelling,
          members: fields,
          lastMet: metOf(member),
          help: source.help(member.id),
        },
      },
    ])
  }

  const householdColours = (id: string, day: Day): HouseholdColours | undefined => {
    at(day)
    const known = households.get(id)
    if (known) return known
    const home = source.household(id)
    if (!home) return undefined
    const made = computeHousehold(home, day)
    households.set(id, made)
    return made
  }

  const colourMembers = (home: Rec<'household'>, day: Day, visits: readonly Rec<'visit'>[]) => {
    const residents = new Map<string, Colour>()
    const met = lastMetOf(visits)
    let careOn: Day | null = null
    for (const [id, subject] of memberSubjects(home, visits)) {
      residents.set(id, colourOf(subject, source.scheme(), day))
      careOn = earlier(careOn, careDueOn(subject.context.resident.cares, met))
    }
    return { residents, met, careOn }
  }
  const dueFor = (
    home: Rec<'household'>,
    colour: ColourKey,
    subjects: readonly Colour[],
    { met, careOn }: { readonly met: Day | null; readonly careOn: Day | null },
    day: Day,
  ) => {
    const { on, isEvent } = dueOf({
      colour,
      subjects,
      lastMet: met,
      knownSince: home.at ? instantToDay(home.at) : day,
      lifeEventOn: home.fields.lifeEventOn ?? null,
      careOn,
      scheme: source.scheme(),
    })
    return { on, isEvent, isCare: careOn === on }
  }

  const computeHousehold = (home: Rec<'household'>, day: Day): HouseholdColours => {
    const visits = [...source.visits(home.id)]
    const members = colourMembers(home, day, visits)
    const { residents, met } = members
    const room = dwellingColour(home.fields.dwelling, day)
    const all = [...residents.values(), ...(room ? [room] : [])]
    const colour = mostUrgent(all.map((one) => one.colour))
    const reasons = mergeReasons(all)
    const { on, ...why } = dueFor(home, colour, all, members, day)
    const due = {
      household: home.id,
      colour,
      reasons,
      on,
      overdue: daysBetween(on, day),
      lastMet: met,
    }
    const until = all.reduce<Day | null>((first, one) => earlier(first, one.until), null)
    const people = residents.size
    const morning = met === day ? morningOf(home, day, visits) : { colour, on, ...why, people }
    return { colour, reasons, until, residents, due, morning }
  }

  /** Without the calls of the day itself: whoever is met today must not change what the day was planned from. */
  const morningOf = (
    home: Rec<'household'>,
    day: Day,
    visits: readonly Rec<'visit'>[],
  ): Morning => {
    const before = visits.filter((visit) => instantToDay(visit.fields.at) < day)
    const members = colourMembers(home, day, before)
    const { residents, met } = members
    const room = colourRoom(home.fields.dwelling, day, (id) => (id === home.id ? met : lastMet(id)))
    const all = [...residents.values(), ...(room ? [room] : [])]
    const colour = mostUrgent(all.map((one) => one.colour))
    return { colour, people: residents.size, ...dueFor(home, colour, all, members, day) }
  }

  /** The first day of the present colour: of the latest five-colour records with it, else of the record itself. */
  const since = (subject: string, colour: ColourKey, registered: string | undefined, day: Day) => {
    const records = source.coloursOf(subject)
    if (records.length === 0) return registered ? instantToDay(registered) : null
    let from: Day | null = null
    for (const record of records) {
      if (record.fields.colour !== colour) break
      from = record.fields.from
    }
    return from ?? day
  }

  return {
    ofResident(id, day) {
      const resident = source.resident(id)
      if (!resident) return none
      const colour = householdColours(resident.fields.household, day)?.residents.get(id)
      return colour
        ? {
            ...colour,
            // Looked up where somebody asks: a table of thousands does not.
            get since() {
              return since(id, colour.colour, resident.at, day)
            },
          }
        : none
    },
    ofDwelling(id, day) {
      at(day)
      const colour = dwellingColour(id, day)
      return colour
        ? { ...colour, since: since(id, colour.colour, source.dwelling(id)?.at, day) }
        : none
    },
    ofHousehold(id, day) {
      const found = householdColours(id, day)
      return found
        ? { colour: found.colour, reasons: found.reasons, until: found.until, since: null }
        : none
    },
    subject(id) {
      const dwelling = source.dwelling(id)
      if (dwelling) return dwellingSubject(dwelling, lastMet)
      const home = source.household(source.resident(id)?.fields.household ?? '')
      return home && new Map(memberSubjects(home, [...source.visits(home.id)])).get(id)
    },
    due: (household, day) => householdColours(household, day)?.due ?? null,
    household: householdColours,
    distribution(building, day) {
      at(day)
      const known = buildings.get(building)
      if (known) return known
      const made = emptyDistribution()
      for (const dwelling of source.dwellings(building)) {
        for (const home of source.households(dwelling.id)) {
          const found = householdColours(home.id, day)
          for (const { colour } of found?.residents.values() ?? []) made[colour] += 1
        }
      }
      buildings.set(building, made)
      return made
    },
    lastMet,
    forgetHousehold: (id) => households.delete(id),
    forgetDwelling: (id) => dwellings.delete(id),
    forgetBuilding: (id) => buildings.delete(id),
    forgetAll,
    get day() {
      return cachedDay
    },
    get isEmpty() {
      return households.size + dwellings.size + buildings.size === 0
    },
  }
}

/** `only`: calls on the resident alone, not those on the household. */
function lastMetOf(visits: Iterable<Rec<'visit'>>, resident?: string, only = false): Day | null {
  let last: string | null = null
  for (const { fields } of visits) {
    if (fields.outcome !== 'met') continue
    const counts = fields.resident ? fields.resident === resident : !only
    if (counts && (last === null || fields.at > last)) last = fields.at
  }
  return last && instantToDay(last)
}

/** Each rule once, the most urgent first. */
function mergeReasons(colours: readonly Colour[]): readonly Reason[] {
  const byRule = new Map<string, Reason>()
  for (const { reasons } of colours) {
    for (const reason of reasons) if (!byRule.has(reason.rule)) byRule.set(reason.rule, reason)
  }
  return [...byRule.values()].sort((a, b) => urgency(a.level) - urgency(b.level))
}

export function addDistribution(into: Record<ColourKey, number>, more: Distribution): void {
  for (const key of colourKeys) into[key] += more[key]
}
