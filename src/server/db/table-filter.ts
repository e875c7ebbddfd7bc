/**
 * Whom a table of people lets through, as conditions of the database. The rules are `domain/sheet-passes.ts`; here they stand a
 * second time, because a program that read hundreds of thousands could not answer at once. A test holds one against the
 * other.
 */
import { sql, type RawBuilder } from 'kysely'
import { addMonths, type Day } from '#domain/day.ts'
import { overridePrefix } from '#domain/override.ts'
import { daysOf } from '#domain/sheet-passes.ts'
import { reasonByHand, type MissingFact, type SheetFilter } from '#domain/sheet-filter.ts'
import { listOf } from './place-tree.ts'

export interface PeopleAsked {
  readonly streams: readonly string[]
  readonly filter: SheetFilter
  readonly today: Day
}

type Condition = RawBuilder<unknown>
/** Other rows that a condition or an order reads beside the person's. */
export type Beside = 'door' | 'building' | 'subject' | 'call' | 'met'

export const text = (name: string) => sql`r.fields->>${sql.lit(name)}`
const has = (name: string): Condition => sql`coalesce(${text(name)}, '') <> ''`
const lacks = (name: string): Condition => sql`coalesce(${text(name)}, '') = ''`
const left = sql`coalesce(${text('movedOutOn')}, ${text('diedOn')}, ${text('mergedInto')})`
export const gone = sql`${left} is not null`
/** As a comparison: without statistics of an expression the planner takes `is null` for one row in two hundred. */
const present = sql`(${left} is null)::int <> 0`
export const colourOf = (presence: SheetFilter['presence']) =>
  (presence ?? 'present') === 'present' ? sql`s.colour` : sql`coalesce(s.colour, 'grey')`
/** As the register has it: nobody calls on who left or died. */
export const due = sql`case when ${text('movedOutOn')} is null and ${text('diedOn')} is null then c.due end`
const among = (of: RawBuilder<unknown>, values: readonly unknown[]): Condition =>
  sql`${of} = any(${sql.val([...values])}::text[])`

/** A merged record goes along with the one it was merged into, and stands in its own household all the same. */
const anyHousehold = sql`case when ${text('mergedInto')} is null then r.parent
  else (${text('household')})::uuid end`

interface Joined {
  readonly streams: readonly string[]
  /** Only who lives there now: everybody has a colour, and nobody was merged. */
  readonly isPresent: boolean
  /** Only those at whose household a call is due on some day. */
  readonly isCalled: boolean
}

const householdOf = ({ isPresent }: Joined) => (isPresent ? sql`r.parent` : anyHousehold)

/**
 * Each in its own stream: on several machines nothing is asked of two of them. Where everybody has such a row, the
 * database may begin with these and look for the people behind them.
 */
const joins: Readonly<Record<Beside, (joined: Joined) => RawBuilder<unknown>>> = {
  door: (joined) => sql`
    left join record h on h.stream = r.stream and h.id = ${householdOf(joined)} and not h.removed
    left join record d on d.stream = h.stream and d.id = h.parent and not d.removed`,
  building: () => sql`
    left join record b on b.stream = d.stream and b.id = d.parent and not b.removed`,
  subject: ({ isPresent }) => sql`
    ${isPresent ? sql`join` : sql`left join`} subject s
      on s.stream = r.stream and s.id = r.id and s.kind = 'resident'`,
  call: (joined) => sql`
    ${joined.isCalled ? sql`join` : sql`left join`} subject c
      on c.stream = r.stream and c.id = ${householdOf(joined)} and c.kind = 'household'`,
  met: ({ streams }) => sql`
    left join (
      select stream, parent, max(fields->>'at') as at from record
      where stream = ${listOf(streams)} and kind = 'visit' and not removed
        and fields->>'outcome' = 'met' and fields->>'resident' is null
      group by stream, parent
    ) met on met.stream = r.stream and met.parent = h.id and h.fields->>'endedOn' is null`,
}
const needs: Readonly<Record<Beside, readonly Beside[]>> = {
  door: ['door'],
  building: ['door', 'building'],
  subject: ['subject'],
  call: ['call'],
  met: ['door', 'met'],
}
const inOrder: readonly Beside[] = ['door', 'building', 'subject', 'call', 'met']

function besides(asked: readonly Beside[], joined: Joined): RawBuilder<unknown> {
  const wanted = new Set(asked.flatMap((one) => needs[one]))
  return sql.join(
    inOrder.filter((one) => wanted.has(one)).map((one) => joins[one](joined)),
    sql` `,
  )
}

export interface Conditions {
  readonly all: readonly Condition[]
  readonly beside: readonly Beside[]
}

/** What somebody has to be to pass; of the grid alone the caller knows. */
export function conditionsOf({ filter, today }: PeopleAsked): Conditions {
  const all: Condition[] = []
  const beside: Beside[] = []
  const put = (condition: Condition, ...reads: readonly Beside[]) => {
    all.push(condition)
    beside.push(...reads)
  }
  const presence = filter.presence ?? 'present'
  if (presence !== 'all') put(presence === 'gone' ? gone : present)
  if (filter.building) put(sql`b.id = ${filter.building}::uuid`, 'building')
  if (filter.estate) put(sql`b.fields->>'estate' = ${filter.estate}`, 'building')
  putAges(filter, today, put)
  if (filter.residences?.length) {
    const kinds: Condition[] = [among(text('residence'), filter.residences)]
    if (filter.residences.includes('floating')) kinds.push(sql`s.residence = 'floating'`)
    if (filter.residences.includes('apart')) kinds.push(sql`s.residence = 'apart'`)
    put(either(kinds), 'subject')
  }
  if (filter.uses?.length) put(among(sql`d.fields->>'use'`, filter.uses), 'door')
  if (filter.tags?.length) {
    const holding = filter.tags.map(
      (tag) => sql`r.fields @> ${JSON.stringify({ tags: [{ tag }] })}::jsonb`,
    )
    // Few have one: the days of those are looked at.
    put(sql`${either(holding)} and exists (
      select from jsonb_array_elements(${listIn('tags')}) tag
      where ${among(sql`tag->>'tag'`, filter.tags)}
        and coalesce(tag->>'until', ${today}) >= ${today}
    )`)
  }
  // Plates stand at doors: a table of people has none.
  if (filter.vehicles) put(sql`false`)
  if (filter.care) {
    put(sql`exists (
      select from jsonb_array_elements(${listIn('cares')}) care
      where coalesce(care->>'endedOn', '') = ''
    )`)
  }
  if (filter.missing?.length) {
    const colour = colourOf(filter.presence)
    put(either(filter.missing.map((fact) => missing(fact, colour))), 'subject', 'door')
  }
  putDays(filter, today, put)
  if (filter.colours?.length) put(among(colourOf(filter.presence), filter.colours), 'subject')
  if (filter.reasons?.length) {
    const byHand = filter.reasons.includes(reasonByHand)
    put(
      sql`exists (
        select from unnest(string_to_array(s.rules, ' ')) rule
        where ${among(sql`rule`, filter.reasons)}
          ${byHand ? sql`or starts_with(rule, ${overridePrefix})` : sql``}
      )`,
      'subject',
    )
  }
  return { all, beside }
}

type Put = (condition: Condition, ...reads: readonly Beside[]) => void

/** Full years by the written days: whoever has the birthday today is a year older today. */
function putAges({ ageFrom, ageTo }: SheetFilter, today: Day, put: Put): void {
  if ((ageFrom ?? null) === null && (ageTo ?? null) === null) return
  const on = sql`coalesce(nullif(${text('diedOn')}, ''), ${today})`
  const age = sql`(left(${on}, 4)::int - left(${text('birth')}, 4)::int
    - (right(${on}, 5) < right(${text('birth')}, 5))::int)`
  put(sql`(${has('birth')} and ${age} between ${ageFrom ?? 0} and ${ageTo ?? 150})`)
}

function putDays(filter: SheetFilter, today: Day, put: Put): void {
  const between = (of: RawBuilder<unknown>, [from, to]: ReturnType<typeof daysOf>) =>
    sql`(${of} is not null and ${of} <> '' ${from === null ? sql`` : sql`and ${of} >= ${from}`}
      ${to === null ? sql`` : sql`and ${of} <= ${to}`})`
  const isAsked = (days: ReturnType<typeof daysOf>) => days.some((day) => day !== null)
  const arrived = daysOf(filter, 'arrived')
  if (isAsked(arrived)) put(between(text('arrivedOn'), arrived))
  if (filter.arrivedWithin) {
    const since = addMonths(today, -filter.arrivedWithin)
    put(sql`(${text('arrivedOn')} > ${since} and ${text('arrivedOn')} <= ${today})`)
  }
  const dues = daysOf(filter, 'due')
  if (isAsked(dues)) put(between(due, dues), 'call')
  if (filter.due === 'overdue') put(sql`${due} < ${today}`, 'call')
  if (filter.due === 'week') put(sql`${due} <= ${weekFrom(today)}`, 'call')
  const met = daysOf(filter, 'met')
  if (!isAsked(met) && !filter.neverMet) return
  const ways: Condition[] = []
  if (isAsked(met)) ways.push(between(dayOf(sql`met.at`), met))
  // Nobody calls where nobody lives any more: it was met on no day that a table shows.
  if (filter.neverMet) ways.push(sql`met.at is null`)
  put(either(ways), 'met')
}

/** A day in China of a moment as text. */
function dayOf(at: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`to_char((${at})::timestamptz at time zone 'UTC' + interval '8 hours', 'YYYY-MM-DD')`
}

function weekFrom(today: Day): Day {
  return new Date(Date.parse(today) + 7 * 86_400_000).toISOString().slice(0, 10)
}

function listIn(name: string): RawBuilder<unknown> {
  const list = sql`r.fields->${sql.lit(name)}`
  return sql`case when jsonb_typeof(${list}) = 'array' then ${list} else '[]'::jsonb end`
}

function missing(fact: MissingFact, colour: RawBuilder<unknown>): Condition {
  if (fact === 'verified') return sql`${colour} = 'grey'`
  if (fact === 'landlord') {
    return sql`(d.fields->>'use' in ('rental', 'group-rental')
      and coalesce(d.fields->>'landlordPhone', '') = '')`
  }
  if (fact === 'phone') return sql`jsonb_array_length(${listIn('phones')}) = 0`
  if (fact === 'hukou') return sql`(${lacks('hukouDivision')} and ${lacks('hukouAddress')})`
  const fields = { document: 'documentNumber', notice: 'noticeOn' } as const
  return lacks(fact === 'document' || fact === 'notice' ? fields[fact] : fact)
}

function either(ways: readonly Condition[]): Condition {
  return sql`(${sql.join([...ways], sql` or `)})`
}

export function peopleFrom(
  { streams, filter }: PeopleAsked,
  { all, beside }: Conditions,
  more: readonly Beside[] = [],
  isCalled = false,
): RawBuilder<unknown> {
  const isDue = filter.due ?? filter.dueFrom ?? filter.dueTo
  const joined: Joined = {
    ...{ streams, isPresent: (filter.presence ?? 'present') === 'present' },
    isCalled: isCalled || Boolean(isDue),
  }
  return sql`from record r ${besides([...beside, ...more], joined)}
    where r.stream = ${listOf(streams)} and r.kind = 'resident' and not r.removed
      ${sql.join([sql``, ...all], sql` and `)}`
}
