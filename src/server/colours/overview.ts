/** How the places of an account stand: their figures added up the tree, and what may not be told taken out. */
import type { Kysely } from 'kysely'
import type { Day } from '#domain/day.ts'
import { colourKeys, type ColourKey } from '#domain/level.ts'
import { hideSmall, leastTold, type CountedPlace } from '#domain/small-cells.ts'
import type { PlaceFigures, ReasonFigures, ShiftFigures, WeekFigures } from '#protocol/overview.ts'
import {
  countSilentDevices,
  mondayOf,
  placesOf,
  readCourse,
  readFigures,
  readReasons,
  readShifts,
  readWalkers,
} from '../db/overview.ts'
import type { Database } from '../db/schema.ts'

/** Half a year. */
const weeksTold = 26

/** `isGuarded`: whoever asks may not see persons. */
export async function overviewOf(
  db: Kysely<Database>,
  account: string,
  today: Day,
  isGuarded: boolean,
): Promise<PlaceFigures[]> {
  const places = await placesOf(db, account)
  const summed = addUp(await readFigures(db, places, today))
  return isGuarded ? guarded(summed) : summed
}

/** After so many days a device that was not here is worth a call: its work waits, and it works on what was. */
const silentDays = 3

/** Who walks the lanes of each of some places, and how many devices were not here for days. */
export async function walkersOf(
  db: Kysely<Database>,
  places: readonly string[],
  now: number,
): Promise<{ readonly walkers: ReadonlyMap<string, Day | null>; readonly silentDevices: number }> {
  const before = new Date(now - silentDays * 86_400_000)
  return {
    walkers: await readWalkers(db, places),
    silentDevices: await countSilentDevices(db, places, before),
  }
}

export interface PlaceCourse {
  readonly weeks: WeekFigures[] | null
  readonly shifts: readonly ShiftFigures[] | null
  readonly newcomers: readonly ReasonFigures[] | null
  readonly reasons: readonly ReasonFigures[] | null
}

/**
 * The weeks of a place and what changed in it today; null where the place is none of the account's. Whoever may not
 * see persons gets them of the places that the account was given: of a single lane the weeks side by side would tell
 * what one table of today does not.
 */
export async function placeOverviewOf(
  db: Kysely<Database>,
  account: string,
  place: string,
  today: Day,
  isGuarded: boolean,
): Promise<PlaceCourse | null> {
  const places = await placesOf(db, account)
  const found = places.find(({ id }) => id === place)
  if (!found) return null
  if (isGuarded && found.parent !== null) {
    return { weeks: null, shifts: null, newcomers: null, reasons: null }
  }
  const below = new Set([place])
  for (const { id, parent } of places) if (parent !== null && below.has(parent)) below.add(id)
  const inIt = places.filter(({ id }) => below.has(id))
  const now = addUp(await readFigures(db, isGuarded ? places : inIt, today))
  const present = (isGuarded ? guarded(now) : now).find(({ id }) => id === place)
  const before = await readCourse(db, place, today, weeksTold)
  const news = await readShifts(db, [...below], today)
  const reasons = isGuarded ? null : await readReasons(db, [...below])
  return {
    weeks: [
      ...(isGuarded ? before.map(guardedWeek) : before),
      ...(present ? [weekOf(present, today)] : []),
    ],
    shifts: isGuarded ? news.shifts.filter(isTold) : news.shifts,
    newcomers: isGuarded ? news.newcomers.filter(isTold) : news.newcomers,
    reasons,
  }
}

function weekOf({ residents, dwellings, calls }: PlaceFigures, today: Day): WeekFigures {
  return {
    week: mondayOf(today),
    day: today,
    residents: residents.colours,
    dwellings: dwellings.colours,
    overdue: calls.overdue,
  }
}

/** Each place with all below it; they come with the places above before those below. */
function addUp(places: readonly PlaceFigures[]): PlaceFigures[] {
  const byId = new Map(places.map((place) => [place.id, place]))
  for (const { id } of [...places].reverse()) {
    const place = byId.get(id)
    const above = place?.parent ? byId.get(place.parent) : undefined
    if (place && above) byId.set(above.id, added(above, place))
  }
  return [...byId.values()]
}

function added(a: PlaceFigures, b: PlaceFigures): PlaceFigures {
  const split = <T extends Readonly<Record<string, unknown>>>(one: T, two: T): T =>
    Object.fromEntries(
      Object.keys(one).map((key) => [key, Number(one[key] ?? 0) + Number(two[key] ?? 0)]),
    ) as unknown as T
  const coloured = (one: PlaceFigures['residents'], two: PlaceFigures['residents']) => ({
    total: (one.total ?? 0) + (two.total ?? 0),
    colours: split(one.colours, two.colours),
  })
  return {
    id: a.id,
    parent: a.parent,
    residents: coloured(a.residents, b.residents),
    residence: split(a.residence, b.residence),
    dwellings: coloured(a.dwellings, b.dwellings),
    calls: split(a.calls, b.calls),
    visits: split(a.visits ?? noVisits, b.visits ?? noVisits),
    coverage: split(a.coverage ?? nobody, b.coverage ?? nobody),
  }
}

const noVisits = { week: 0, today: 0, missed: 0 }
const nobody = { meant: 0, met: 0 }

const residences = ['floating', 'apart', 'settled'] as const
const visitTimes = ['week', 'today', 'missed'] as const
const callTimes = ['overdue', 'today', 'week', 'later'] as const

/** Five tables, each with totals of its own; the two splits of the residents share one. */
function guarded(places: readonly PlaceFigures[]): PlaceFigures[] {
  const table = (splitsOf: (place: PlaceFigures) => readonly (readonly (number | null)[])[]) =>
    hideSmall(
      places.map((place): CountedPlace => {
        const splits = splitsOf(place).map((numbers) => numbers.map((n) => n ?? 0))
        const total = (splits[0] ?? []).reduce((sum, n) => sum + n, 0)
        return { id: place.id, parent: place.parent, total, splits }
      }),
    )
  const ofColours = ({ colours }: PlaceFigures['residents']) =>
    colourKeys.map((key) => colours[key])
  const people = table(({ residents, residence }) => [
    ofColours(residents),
    residences.map((key) => residence[key]),
  ])
  const rooms = table(({ dwellings }) => [ofColours(dwellings)])
  const calls = table((place) => [callTimes.map((key) => place.calls[key])])
  // Those met and those not met yet make up all whom it means.
  const covered = table(({ coverage = nobody }) => {
    const met = coverage.met ?? 0
    return [[met, (coverage.meant ?? 0) - met]]
  })
  // Two counts of the same visits, and one of others: each is a table of its own.
  const made = visitTimes.map((key) => table((place) => [[place.visits?.[key] ?? 0]]))
  return places.map((place) => {
    const [mine, room, call] = [people, rooms, calls].map((one) => one.get(place.id))
    return {
      ...place,
      residents: {
        total: mine?.total ? null : place.residents.total,
        colours: kept(colourKeys, place.residents.colours, mine?.splits[0]),
      },
      residence: kept(residences, place.residence, mine?.splits[1]),
      dwellings: {
        total: room?.total ? null : place.dwellings.total,
        colours: kept(colourKeys, place.dwellings.colours, room?.splits[0]),
      },
      calls: {
        ...kept(callTimes, place.calls, call?.splits[0]),
        total: call?.total ? null : place.calls.total,
      },
      coverage: {
        meant: covered.get(place.id)?.total ? null : (place.coverage?.meant ?? 0),
        met: covered.get(place.id)?.splits[0]?.some(Boolean) ? null : (place.coverage?.met ?? 0),
      },
      visits: kept(
        visitTimes,
        place.visits ?? noVisits,
        made.map((one) => one.get(place.id)?.total === true),
      ),
    }
  })
}

function kept<Key extends string>(
  keys: readonly Key[],
  numbers: Readonly<Record<Key, number | null>>,
  hidden: readonly boolean[] = [],
): Record<Key, number | null> {
  return Object.fromEntries(
    keys.map((key, index) => [key, hidden[index] ? null : numbers[key]]),
  ) as Record<Key, number | null>
}

/** No total of a week is told, so that a small number needs nothing beside it. */
function guardedWeek(week: WeekFigures): WeekFigures {
  const told = (n: number | null) => (n !== null && n > 0 && n < leastTold ? null : n)
  const colours = (numbers: WeekFigures['residents']) =>
    Object.fromEntries(colourKeys.map((key) => [key, told(numbers[key])])) as Record<
      ColourKey,
      number | null
    >
  return {
    ...week,
    residents: colours(week.residents),
    dwellings: colours(week.dwellings),
    overdue: told(week.overdue),
  }
}

/** Only what happened to enough of them; that something else happened is told by nothing. */
function isTold({ count }: { readonly count: number }): boolean {
  return count >= leastTold
}
