/** Requests of a place and all below it in numbers and as pages of a list; without persons, words or workers. */
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { addDays, weekday, type Day } from '#domain/day.ts'
import { leastTold } from '#domain/small-cells.ts'
import type { RequestFigures, RequestList, RequestListing } from '#protocol/requests.ts'
import type { Database } from './schema.ts'

/** Rates are of what was answered within so many days, and so is a hot spot. */
const windowDays = 90
const weeksBack = 12
const spotCount = 3

/** The streams of a place and below it; empty where the place is not the account's. With the child each lies under. */
export async function streamsUnder(
  db: Kysely<Database>,
  account: string,
  place: string,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; child: string }>`
    with recursive own as (
      select place as id from account_place where account = ${account}
      union
      select place.id from place join own on place.parent = own.id
    ), below as (
      select own.id, own.id as child from own where own.id = ${place}
      union all
      select place.id, case when below.id = ${place}::uuid then place.id else below.child end
      from place join below on place.parent = below.id
    )
    select id, child from below`.execute(db)
  return new Map(rows.map(({ id, child }) => [id, child]))
}

interface SumRow {
  readonly stream: string
  readonly item: string | null
  readonly name: string | null
  readonly unit: string | null
  readonly open: number
  readonly late: number
  readonly fresh: number
  readonly answered: number
  readonly timely: number
  readonly said: number
  readonly solved: number
  readonly rated: number
  readonly content: number
}

export interface Figures {
  readonly supervised: number
  readonly asked: number
  readonly all: RequestFigures
  readonly byItem: RequestFigures[]
  readonly byUnit: RequestFigures[]
  readonly byPlace: RequestFigures[]
}

/** `under`: stream to the place below the asked one that it lies under. */
export async function readFigures(
  db: Kysely<Database>,
  under: ReadonlyMap<string, string>,
  now: number,
  day: Day,
): Promise<Figures> {
  const at = new Date(now).toISOString()
  const since = `${addDays(day, -windowDays)}T00:00:00+08:00`
  const { rows } = await sql<SumRow>`
    select stream, item, max(item_name) as name,
      case when unit is not null then unit end as unit,
      count(*) filter (where is_open)::integer as open,
      count(*) filter (where ${lateAt(at)})::integer as late,
      count(*) filter (where submitted_at >= ${`${day}T00:00:00+08:00`}::timestamptz)::integer as fresh,
      count(*) filter (where ${recent(since)} and in_time is not null)::integer as answered,
      count(*) filter (where ${recent(since)} and in_time)::integer as timely,
      count(*) filter (where ${recent(since)} and solved is not null)::integer as said,
      count(*) filter (where ${recent(since)} and solved)::integer as solved,
      count(*) filter (where ${recent(since)} and content is not null)::integer as rated,
      count(*) filter (where ${recent(since)} and content = 'content')::integer as content
    from request_state
    where stream = any(${sql.val([...under.keys()])}::uuid[])
    group by stream, item, unit`.execute(db)
  const by = (keyOf: (row: SumRow) => string | null, nameOf: (row: SumRow) => string | null) => {
    const groups = new Map<string | null, SumRow[]>()
    for (const row of rows) {
      const key = keyOf(row)
      groups.set(key, [...(groups.get(key) ?? []), row])
    }
    return [...groups]
      .map(([key, of]) => figuresOf(key, of[0] ? nameOf(of[0]) : null, of))
      .sort((a, b) => b.open - a.open || b.answered - a.answered)
  }
  const none = () => null
  const waiting = await sql<{ supervised: number; asked: number }>`
    select count(*) filter (where ${listings.supervised})::integer as supervised,
      count(*) filter (where ${listings.asked})::integer as asked
    from request_state where stream = any(${sql.val([...under.keys()])}::uuid[])`.execute(db)
  const { supervised = 0, asked = 0 } = waiting.rows[0] ?? {}
  return {
    ...{ supervised, asked },
    all: figuresOf(null, null, rows),
    byItem: by(
      (row) => row.item,
      (row) => row.name,
    ),
    byUnit: by((row) => row.unit, none).filter(({ key }) => key !== null),
    byPlace: by((row) => under.get(row.stream) ?? null, none),
  }
}

const listings = {
  supervised: sql<boolean>`is_open and supervision >= 1`,
  asked: sql<boolean>`is_open and cardinality(asks) > 0`,
}

function lateAt(at: string): RawBuilder<boolean> {
  return sql<boolean>`is_open and not is_paused and state <> 'verifying' and promise < ${at}::timestamptz`
}

function recent(since: string): RawBuilder<boolean> {
  return sql<boolean>`submitted_at >= ${since}::timestamptz`
}

function figuresOf(
  key: string | null,
  name: string | null,
  rows: readonly SumRow[],
): RequestFigures {
  const sum = (pick: (row: SumRow) => number) => rows.reduce((all, row) => all + pick(row), 0)
  const rate = (part: number, whole: number) =>
    whole < leastTold ? null : Math.round((100 * part) / whole)
  const answered = sum((row) => row.answered)
  return {
    ...{ key, name, open: sum((row) => row.open), late: sum((row) => row.late) },
    ...{ fresh: sum((row) => row.fresh), answered },
    inTime: rate(
      sum((row) => row.timely),
      answered,
    ),
    solved: rate(
      sum((row) => row.solved),
      sum((row) => row.said),
    ),
    content: rate(
      sum((row) => row.content),
      sum((row) => row.rated),
    ),
  }
}

/** The same building and kind, three times and more in 90 days: places are shown, people are not counted. */
export async function readSpots(
  db: Kysely<Database>,
  streams: readonly string[],
  day: Day,
): Promise<
  { building: string; stream: string; item: string; name: string | null; count: number }[]
> {
  const since = `${addDays(day, -windowDays)}T00:00:00+08:00`
  const { rows } = await sql<{
    building: string
    stream: string
    item: string
    name: string | null
    count: number
  }>`
    select building, stream, item, max(item_name) as name, count(*)::integer as count
    from request_state
    where stream = any(${sql.val([...streams])}::uuid[]) and building is not null
      and item is not null and ${recent(since)} and state not in ('withdrawn', 'invalid', 'merged')
    group by building, stream, item having count(*) >= ${spotCount}
    order by count(*) desc, building limit 20`.execute(db)
  return rows
}

export async function readWeeks(
  db: Kysely<Database>,
  streams: readonly string[],
  day: Day,
): Promise<{ week: string; came: number; closed: number }[]> {
  const monday = addDays(day, -((weekday(day) + 6) % 7))
  const mondays = Array.from({ length: weeksBack }, (_, back) =>
    addDays(monday, -7 * back),
  ).reverse()
  const since = `${mondays[0] ?? monday}T00:00:00+08:00`
  const { rows } = await sql<{ week: string; came: number; closed: number }>`
    select to_char(date_trunc('week', moment at time zone 'Asia/Shanghai'), 'YYYY-MM-DD') as week,
      count(*) filter (where came)::integer as came,
      count(*) filter (where not came)::integer as closed
    from (
      select submitted_at as moment, true as came from request_state
      where stream = any(${sql.val([...streams])}::uuid[])
      union all
      select closed_at, false from request_state
      where stream = any(${sql.val([...streams])}::uuid[]) and closed_at is not null
    ) as moments
    where moment >= ${since}::timestamptz
    group by 1`.execute(db)
  return mondays.map(
    (week) => rows.find((row) => row.week === week) ?? { week, came: 0, closed: 0 },
  )
}

export interface Listing {
  readonly listing: RequestListing
  /** Null for all, `none` for those without one. */
  readonly item: string | null
  readonly unit: string | null
  readonly building: string | null
  /** Where the page before it ended. */
  readonly after: { readonly promise: string; readonly request: string } | null
}

const pageSize = 100

/** By the promise, the earliest first. */
export async function readRequestPage(
  db: Kysely<Database>,
  streams: readonly string[],
  { listing, item, unit, building, after }: Listing,
  now: number,
  day: Day,
): Promise<Pick<RequestList, 'total' | 'next' | 'requests'>> {
  const at = new Date(now).toISOString()
  const wanted: Readonly<Record<RequestListing, RawBuilder<boolean>>> = {
    open: sql`is_open`,
    late: lateAt(at),
    fresh: sql`submitted_at >= ${`${day}T00:00:00+08:00`}::timestamptz`,
    ...listings,
    closed: sql`not is_open`,
  }
  const promise = sql`coalesce(promise, 'infinity'::timestamptz)`
  const where = sql`
    stream = any(${sql.val([...streams])}::uuid[]) and ${wanted[listing]}
    ${item === null ? sql`` : item === 'none' ? sql`and item is null` : sql`and item = ${item}::uuid`}
    ${unit ? sql`and unit = ${unit}::uuid` : sql``}
    ${building ? sql`and building = ${building}::uuid` : sql``}`
  const total = await sql<{ n: number }>`
    select count(*)::integer as n from request_state where ${where}`.execute(db)
  const { rows } = await sql<ListedRow & { place: string }>`
    select ${listed}, ${promise}::text as place
    from request_state where ${where}
      ${after ? sql`and (${promise}, request) > (${after.promise}::timestamptz, ${after.request}::uuid)` : sql``}
    order by ${promise}, request limit ${pageSize + 1}`.execute(db)
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  const requests = page.map(({ place: _, ...row }) => toListed(row))
  return {
    total: total.rows[0]?.n ?? 0,
    next: rows.length > pageSize && last ? `${last.place}|${last.request}` : null,
    requests,
  }
}

export type ListedRow = Record<string, unknown> & { request: string; stream: string }

/** Of `request_state`, as a list tells of it. */
export const listed = sql`request, stream, number, item, item_name as name, state, level, round, unit,
  building, promise, is_provisional, is_paused, supervision, ending`

export function toListed(row: ListedRow): RequestList['requests'][number] {
  const { is_provisional, is_paused, promise: due, ...told } = row
  return {
    ...told,
    ...{ isProvisional: is_provisional, isPaused: is_paused },
    promise: due instanceof Date ? due.toISOString() : null,
  } as RequestList['requests'][number]
}
