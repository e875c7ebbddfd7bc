/** The list of what is purged next as an office reads it. */
import { sql, type Kysely } from 'kysely'
import {
  otherRules,
  type KeptRecord,
  type ListedTopic,
  type PurgeList,
  type ListedOthers,
  type ListedPerson,
  type ListedRequest,
  type ListedVisit,
} from '#protocol/purge.ts'
import { readGuard, type PurgeGuard } from './purge-guard.ts'
import type { Database } from './schema.ts'

/** More names at once nobody goes through; the soonest come first, and their number is told. */
const mostListed = 500

interface ListedRow {
  readonly stream: string
  readonly record: string
  readonly day: string
  readonly received: string | null
  readonly due: string
  readonly listedOn: string
  readonly listedRun: number
}

/** `daysLeft`: of a notice, by the office's count of days. */
type DaysLeft = (row: { readonly stream: string; readonly listedRun: number }) => number

export async function readPeople(
  db: Kysely<Database>,
  streams: readonly string[],
  daysLeft: DaysLeft,
): Promise<{ readonly people: ListedPerson[]; readonly inAll: number }> {
  const { rows } = await sql<ListedRow & { name: string; hasDied: boolean; inAll: number }>`
    select notice.stream, notice.record, notice.day, notice.received, notice.due,
      notice.listed_on as "listedOn", notice.listed_run as "listedRun",
      record.fields->>'name' as name, record.fields->>'diedOn' is not null as "hasDied",
      count(*) over ()::int as "inAll"
    from purge_notice as notice
    join record on record.stream = notice.stream and record.id = notice.record
    where notice.stream = any(${sql.val([...streams])}::uuid[]) and notice.rule = 'gone'
      and notice.kept_on is null and not record.removed
    order by notice.due, notice.record limit ${mostListed}`.execute(db)
  const people = rows.map(({ name, hasDied, inAll: _, ...row }) => ({
    ...toListed(row, daysLeft),
    name,
    why: hasDied ? ('died' as const) : ('moved-out' as const),
  }))
  return { people, inAll: rows[0]?.inAll ?? 0 }
}

export async function countVisits(
  db: Kysely<Database>,
  streams: readonly string[],
): Promise<{ readonly stream: string; readonly count: number; readonly due: string }[]> {
  const { rows } = await sql<{ stream: string; count: number; due: string }>`
    select stream, count(*)::int as count, min(due) as due from purge_notice
    where stream = any(${sql.val([...streams])}::uuid[]) and rule = 'visit' and kept_on is null
    group by stream order by min(due), stream`.execute(db)
  return rows
}

export async function readVisits(
  db: Kysely<Database>,
  stream: string,
  daysLeft: DaysLeft,
): Promise<{ readonly visits: ListedVisit[]; readonly inAll: number }> {
  const { rows } = await sql<ListedRow & { household: string; inAll: number }>`
    select notice.stream, notice.record, notice.day, notice.received, notice.due,
      notice.listed_on as "listedOn", notice.listed_run as "listedRun",
      record.parent as household, count(*) over ()::int as "inAll"
    from purge_notice as notice
    join record on record.stream = notice.stream and record.id = notice.record
    where notice.stream = ${stream}::uuid and notice.rule = 'visit' and notice.kept_on is null
      and not record.removed and record.parent is not null
    order by notice.due, notice.record limit ${mostListed}`.execute(db)
  const visits = rows.map(({ household, inAll: _, ...row }) => ({
    ...toListed(row, daysLeft),
    household,
  }))
  return { visits, inAll: rows[0]?.inAll ?? 0 }
}

export async function countRequests(
  db: Kysely<Database>,
  streams: readonly string[],
): Promise<
  {
    readonly stream: string
    readonly rule: 'asker' | 'request'
    readonly count: number
    readonly due: string
  }[]
> {
  const { rows } = await sql<{
    stream: string
    rule: 'asker' | 'request'
    count: number
    due: string
  }>`
    select stream, rule, count(*)::int as count, min(due) as due from purge_notice
    where stream = any(${sql.val([...streams])}::uuid[]) and rule in ('asker', 'request')
      and kept_on is null
    group by stream, rule order by min(due), stream, rule`.execute(db)
  return rows
}

export async function readRequests(
  db: Kysely<Database>,
  stream: string,
  daysLeft: DaysLeft,
): Promise<{ readonly requests: ListedRequest[]; readonly inAll: number }> {
  const { rows } = await sql<
    ListedRow & { rule: 'asker' | 'request'; request: string; number: string; inAll: number }
  >`
    select notice.stream, notice.record, notice.day, notice.received, notice.due,
      notice.listed_on as "listedOn", notice.listed_run as "listedRun", notice.rule,
      state.request, state.number, count(*) over ()::int as "inAll"
    from purge_notice as notice
    join record on record.stream = notice.stream and record.id = notice.record
    join request_state as state on state.stream = notice.stream
      and state.request = case when notice.rule = 'asker' then record.parent else record.id end
    where notice.stream = ${stream}::uuid and notice.rule in ('asker', 'request')
      and notice.kept_on is null and not record.removed
    order by notice.due, notice.record limit ${mostListed}`.execute(db)
  const requests = rows.map(({ rule, request, number, inAll: _, ...row }) => ({
    ...toListed(row, daysLeft),
    ...{ rule, request, number },
  }))
  return { requests, inAll: rows[0]?.inAll ?? 0 }
}

/** What nobody goes through one by one: declarations, voices of doors, plates; by grid. */
export async function countOthers(
  db: Kysely<Database>,
  streams: readonly string[],
): Promise<ListedOthers[]> {
  const { rows } = await sql<ListedOthers>`
    select stream, rule, count(*)::int as count, min(due) as due from purge_notice
    where stream = any(${sql.val([...streams])}::uuid[])
      and rule = any(${sql.val([...otherRules])}::text[]) and kept_on is null
    group by stream, rule order by min(due), stream, rule`.execute(db)
  return rows
}

export async function readNamed(
  db: Kysely<Database>,
  streams: readonly string[],
  daysLeft: DaysLeft,
): Promise<Pick<PurgeList, 'funds' | 'topics'>> {
  const { rows } = await sql<ListedRow & { name: string; rule: 'fund' | ListedTopic['rule'] }>`
    select notice.stream, notice.record, notice.day, notice.received, notice.due, notice.rule,
      notice.listed_on as "listedOn", notice.listed_run as "listedRun",
      coalesce(record.fields->>'name', record.fields->>'title', '') as name
    from purge_notice as notice
    join record on record.stream = notice.stream and record.id = notice.record
    where notice.stream = any(${sql.val([...streams])}::uuid[]) and notice.rule in ('fund', 'topic', 'meeting')
      and notice.kept_on is null and not record.removed
    order by notice.due, notice.record limit ${mostListed}`.execute(db)
  const named = rows.map(({ name, rule, ...row }) => ({ ...toListed(row, daysLeft), name, rule }))
  return {
    funds: named.filter(({ rule }) => rule === 'fund'),
    topics: named.flatMap(({ rule, ...one }) => (rule === 'fund' ? [] : [{ ...one, rule }])),
  }
}

export async function readKept(
  db: Kysely<Database>,
  streams: readonly string[],
): Promise<KeptRecord[]> {
  const { rows } = await sql<KeptRecord>`
    select notice.stream, notice.record, notice.kind,
      case when notice.rule in ('gone', 'fund') then record.fields->>'name'
        when notice.rule = 'topic' then record.fields->>'title'
        when notice.rule = 'meeting' then record.fields->>'on' else state.number end
        as name,
      notice.kept_on as "keptOn", account.name as "keptBy", notice.due
    from purge_notice as notice
    join record on record.stream = notice.stream and record.id = notice.record
    left join request_state as state on state.stream = notice.stream
      and state.request = case when notice.rule = 'asker' then record.parent else record.id end
    left join account on account.id = notice.kept_by
    where notice.stream = any(${sql.val([...streams])}::uuid[]) and notice.kept_on is not null
      and not record.removed
    order by notice.kept_on desc, notice.record limit ${mostListed}`.execute(db)
  return rows
}

/** The offices of some topmost places, with the name of whoever said yes first. */
export async function readGuards(
  db: Kysely<Database>,
  roots: readonly string[],
): Promise<(PurgeGuard & { readonly firstName: string | null })[]> {
  const { rows } = await sql<PurgeGuard & { firstName: string | null }>`
    select purge_guard.*, account.name as "firstName" from purge_guard
    left join account on account.id = purge_guard.first_by
    where purge_guard.stream = any(${sql.val([...roots])}::uuid[])
    order by purge_guard.stream`.execute(db)
  return rows.map(readGuard)
}

/** Of some streams the topmost place above each. */
export async function rootsOf(
  db: Kysely<Database>,
  streams: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ stream: string; root: string }>`
    with recursive up as (
      select id as stream, id, parent from place where id = any(${sql.val([...streams])}::uuid[])
      union all
      select up.stream, place.id, place.parent from up join place on place.id = up.parent
    )
    select stream, id as root from up where parent is null`.execute(db)
  return new Map(rows.map(({ stream, root }) => [stream, root]))
}

function toListed({ listedRun, ...row }: ListedRow, daysLeft: DaysLeft) {
  return { ...row, daysLeft: daysLeft({ stream: row.stream, listedRun }) }
}
