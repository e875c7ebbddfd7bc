/** What an overview reads: as many rows as there are grids, whoever lives in them. */
import { sql, type Kysely } from 'kysely'
import { addDays, weekday, type Day } from '#domain/day.ts'
import { colourKeys, type ColourKey } from '#domain/level.ts'
import type { PlaceFigures, ShiftFigures, WeekFigures } from '#protocol/overview.ts'
import type { Database } from './schema.ts'
import { readStanding, standingOrder } from './standing.ts'

export interface PlaceRow {
  readonly id: string
  /** Null of a place that the account was given. */
  readonly parent: string | null
}

/** The places of an account with all below them, each after the one above it. */
export async function placesOf(db: Kysely<Database>, account: string): Promise<PlaceRow[]> {
  const { rows } = await sql<PlaceRow>`
    with recursive below as (
      select place.id, null::uuid as parent, 0 as depth
      from account_place join place on place.id = account_place.place
      where account_place.account = ${account} and not exists (
        with recursive up as (
          select parent as id from place as own where own.id = account_place.place
          union select place.parent from place join up on place.id = up.id
        )
        select from up join account_place as other
          on other.place = up.id and other.account = ${account}
      )
      union all
      select place.id, place.parent, below.depth + 1 from place join below on place.parent = below.id
    )
    select id, parent from below order by depth, id`.execute(db)
  return rows
}

/** How many households are overdue, due today and within the six days after it. */
interface DueRow {
  readonly stream: string
  readonly n: readonly number[]
}

/** Of each place its own figures: those of the places below it are not in them. */
export async function readFigures(
  db: Kysely<Database>,
  places: readonly PlaceRow[],
  today: Day,
): Promise<PlaceFigures[]> {
  const ids = sql`${sql.val(places.map(({ id }) => id))}::uuid[]`
  const standing = await readStanding(
    db,
    places.map(({ id }) => id),
  )
  // Joined with the places instead of asked for each of them: what is due lies together in the index by day.
  const dues = await sql<DueRow>`
    select stream, array[
      coalesce(sum(n) filter (where day < ${today}), 0),
      coalesce(sum(n) filter (where day = ${today}), 0),
      coalesce(sum(n) filter (where day > ${today}), 0)
    ]::int[] as n
    from due_tally where stream in (select unnest(${ids})) and day <= ${addDays(today, 6)}
    group by stream`.execute(db)
  const dueOf = new Map(dues.rows.map(({ stream, n }) => [stream, n]))
  return places.map((place) => figuresOf(place, standing.get(place.id), dueOf.get(place.id)))
}

function figuresOf(
  { id, parent }: PlaceRow,
  standing: readonly number[] = [],
  dues: readonly number[] = [],
): PlaceFigures {
  const at = (index: number) => standing[index] ?? 0
  const colours = (from: number) =>
    Object.fromEntries(colourKeys.map((key, index) => [key, at(from + index)])) as Record<
      ColourKey,
      number
    >
  const total = (counts: Readonly<Record<string, number>>) =>
    Object.values(counts).reduce((sum, n) => sum + n, 0)
  const residents = colours(standingOrder.residents)
  const dwellings = colours(standingOrder.dwellings)
  const first = standingOrder.residence
  const households = at(standingOrder.households)
  const [overdue = 0, today = 0, week = 0] = dues
  return {
    id,
    parent,
    residents: { total: total(residents), colours: residents },
    residence: { floating: at(first), apart: at(first + 1), settled: at(first + 2) },
    dwellings: { total: total(dwellings), colours: dwellings },
    calls: {
      total: households,
      overdue,
      today,
      week,
      later: households - overdue - today - week,
    },
  }
}

/** Monday of a day's week. */
export function mondayOf(day: Day): Day {
  return addDays(day, -((weekday(day) + 6) % 7))
}

/** The weeks of a place before this one, oldest first. */
export async function readCourse(
  db: Kysely<Database>,
  place: string,
  today: Day,
  weeks: number,
): Promise<WeekFigures[]> {
  const monday = mondayOf(today)
  const rows = await db
    .selectFrom('course')
    .select(['week', 'day', 'residents', 'dwellings', 'overdue'])
    .where('stream', '=', place)
    .where('week', '<', monday)
    .where('week', '>=', addDays(monday, -7 * weeks))
    .orderBy('week')
    .execute()
  return rows.map(({ residents, dwellings, ...row }) => ({
    ...row,
    residents: filled(residents),
    dwellings: filled(dwellings),
  }))
}

function filled(counts: Partial<Record<string, number>>) {
  return Object.fromEntries(colourKeys.map((key) => [key, counts[key] ?? 0])) as Record<
    ColourKey,
    number
  >
}

/** What changed on a day in some places, and why; the most first. */
export async function readShifts(
  db: Kysely<Database>,
  places: readonly string[],
  day: Day,
): Promise<(ShiftFigures & { readonly count: number })[]> {
  const { rows } = await sql<{
    subject: ShiftFigures['subject']
    from: ColourKey
    to: ColourKey
    cause: ShiftFigures['cause']
    reason: string
    count: number
  }>`
    select kind as subject, before as from, after as to, cause, reason, sum(n)::int as count
    from shift
    where stream = any(${sql.val([...places])}::uuid[]) and day = ${day}
    group by kind, before, after, cause, reason
    order by count desc, kind desc, reason`.execute(db)
  return rows.map(({ reason, ...row }) => ({
    ...row,
    rule: reason.slice(1) || null,
    began: reason.startsWith('+'),
  }))
}
