/** What an overview reads: as many rows as there are grids, whoever lives in them. */
import { sql, type Kysely } from 'kysely'
import { roles } from '#domain/account.ts'
import { monthOf } from '#domain/coverage.ts'
import { addDays, dayAt, weekday, type Day } from '#domain/day.ts'
import { colourKeys, type ColourKey } from '#domain/level.ts'
import { walksGrids } from '#domain/permission.ts'
import type { PlaceFigures, ReasonFigures, ShiftFigures, WeekFigures } from '#protocol/overview.ts'
import { listOf } from './place-tree.ts'
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

/** Three numbers: households overdue, due today and within the six days after it; or visits of a week, of today, in vain. */
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
    from due_tally where stream = any(${ids}) and day <= ${addDays(today, 6)}
    group by stream`.execute(db)
  const visits = await sql<DueRow>`
    select stream, array[
      coalesce(sum(n) filter (where outcome = 'met' and day >= ${mondayOf(today)}), 0),
      coalesce(sum(n) filter (where outcome = 'met' and day = ${today}), 0),
      coalesce(sum(n) filter (where outcome <> 'met'), 0)
    ]::int[] as n
    from visit_tally where stream = any(${ids}) and day >= ${addDays(today, -6)}
      and day <= ${today}
    group by stream`.execute(db)
  const coverageIn = await readCoverage(
    db,
    places.map(({ id }) => id),
    today,
  )
  const visitsOf = new Map(visits.rows.map(({ stream, n }) => [stream, n]))
  const dueOf = new Map(dues.rows.map(({ stream, n }) => [stream, n]))
  return places.map((place) =>
    figuresOf(
      place,
      standing.get(place.id),
      dueOf.get(place.id),
      visitsOf.get(place.id),
      coverageIn.get(place.id),
    ),
  )
}

/** The row of a place that holds the sum of its months. */
export const allMonths = 'all'

export interface CoverageFigures {
  readonly meant: number
  readonly met: number
}

/** Of each place itself: whom coverage means, and how many of them somebody met in the month of a day. */
export async function readCoverage(
  db: Kysely<Database>,
  places: readonly string[],
  today: Day,
): Promise<Map<string, CoverageFigures>> {
  const { rows } = await sql<CoverageFigures & { readonly stream: string }>`
    select stream,
      coalesce(sum(n) filter (where month = ${allMonths}), 0)::int as meant,
      coalesce(sum(n) filter (where month <> ${allMonths}), 0)::int as met
    from coverage_tally where stream = any(${sql.val([...places])}::uuid[])
      and (month = ${allMonths} or month between ${monthOf(today)} and '9999')
    group by stream`.execute(db)
  return new Map(rows.map(({ stream, meant, met }) => [stream, { meant, met }]))
}

function figuresOf(
  { id, parent }: PlaceRow,
  standing: readonly number[] = [],
  dues: readonly number[] = [],
  visits: readonly number[] = [],
  coverage: CoverageFigures = { meant: 0, met: 0 },
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
  const [metWeek = 0, metToday = 0, missed = 0] = visits
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
    visits: { week: metWeek, today: metToday, missed },
    coverage: { ...coverage },
  }
}

/** The places that somebody walks, and on which day one of their devices was last here: never who, nor how many. */
export async function readWalkers(
  db: Kysely<Database>,
  places: readonly string[],
): Promise<Map<string, Day | null>> {
  const { rows } = await sql<{ place: string; account: string }>`
    select distinct account_place.place, account.id as account
    from account_place
    join account on account.id = account_place.account and not account.closed
      and account.role = any(${sql.val(roles.filter(walksGrids))}::text[])
    where account_place.place = any(${sql.val([...places])}::uuid[])`.execute(db)
  const { rows: devices } = await sql<{ account: string; seen: Date }>`
    select account, max(seen_at) as seen from device
    where account = ${listOf(rows.map(({ account }) => account))} and revoked_at is null
    group by account`.execute(db)
  const seenOf = new Map(devices.map(({ account, seen }) => [account, seen.getTime()]))
  const walked = new Map<string, number>()
  for (const { place, account } of rows) {
    walked.set(place, Math.max(walked.get(place) ?? 0, seenOf.get(account) ?? 0))
  }
  return new Map([...walked].map(([place, seen]) => [place, seen === 0 ? null : dayAt(seen)]))
}

/** Devices in use of whoever works in some places that were last here before a moment. */
export async function countSilentDevices(
  db: Kysely<Database>,
  places: readonly string[],
  before: Date,
): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select distinct account.id from account_place
    join account on account.id = account_place.account and not account.closed
    where account_place.place = any(${sql.val([...places])}::uuid[])`.execute(db)
  const { rows: devices } = await sql<{ n: number }>`
    select count(*)::int as n from device
    where account = ${listOf(rows.map(({ id }) => id))} and revoked_at is null
      and seen_at < ${before}`.execute(db)
  return devices[0]?.n ?? 0
}

/** Why the residents and dwellings of some places have their colours; the most first. */
export async function readReasons(
  db: Kysely<Database>,
  places: readonly string[],
): Promise<ReasonFigures[]> {
  const { rows } = await sql<ReasonFigures>`
    select kind as subject, colour, nullif(reason, '') as rule, sum(n)::int as count
    from reason_tally
    where stream = any(${sql.val([...places])}::uuid[])
    group by kind, colour, reason having sum(n) > 0
    order by count desc, kind desc, reason`.execute(db)
  return rows
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

type Counted<T> = T & { readonly count: number }

export interface News {
  readonly shifts: readonly Counted<ShiftFigures>[]
  readonly newcomers: readonly Counted<ReasonFigures>[]
}

/** What changed on a day in some places, who came, and why they have their colour; the most first. */
export async function readShifts(
  db: Kysely<Database>,
  places: readonly string[],
  day: Day,
): Promise<News> {
  const { rows } = await sql<{
    subject: ShiftFigures['subject']
    from: ColourKey | ''
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
  const shifts: Counted<ShiftFigures>[] = []
  const newcomers: Counted<ReasonFigures>[] = []
  for (const { reason, from, to, subject, cause, count } of rows) {
    const rule = reason.slice(1) || null
    if (from === '') newcomers.push({ subject, colour: to, rule, count })
    else shifts.push({ subject, from, to, cause, rule, began: reason.startsWith('+'), count })
  }
  return { shifts, newcomers }
}
