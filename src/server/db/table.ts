/**
 * People of some streams as a table asks for them: which pass a filter, in which order, and how many.
 */
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { colourKeys } from '#domain/level.ts'
import type { BeyondSort } from '#domain/sheet-beyond.ts'
import { listOf } from './place-tree.ts'
import type { Database } from './schema.ts'
import {
  colourOf,
  conditionsOf,
  due,
  gone,
  peopleFrom,
  text,
  type Beside,
  type PeopleAsked,
} from './table-filter.ts'

export type { PeopleAsked } from './table-filter.ts'

export interface PersonKey {
  readonly stream: string
  readonly id: string
}

/** What says where somebody stands in the walk through a grid. */
export interface WalkedPerson extends PersonKey {
  readonly order: number | null
  readonly estate: string | null
  readonly building: string | null
  readonly unit: string | null
  readonly floor: number | null
  readonly room: string | null
  readonly household: string | null
  /** The household left as a whole. */
  readonly ended: boolean
  readonly gone: boolean
  readonly head: boolean
}

/** How many of them pass. */
export async function countPeople(db: Kysely<Database>, asked: PeopleAsked): Promise<number> {
  if (asked.streams.length === 0) return 0
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n ${peopleFrom(asked, conditionsOf(asked))}`.execute(db)
  return rows[0]?.n ?? 0
}

/** All of some grids that pass, in no order, with what says where they stand in the walk. */
export async function peopleOfGrids(
  db: Kysely<Database>,
  asked: PeopleAsked,
): Promise<readonly WalkedPerson[]> {
  if (asked.streams.length === 0) return []
  const { rows } = await sql<WalkedPerson>`
    select r.stream, r.id, (b.fields->>'order')::float8 as order, b.fields->>'estate' as estate,
      b.fields->>'name' as building, d.fields->>'unit' as unit,
      (d.fields->>'floor')::float8 as floor, d.fields->>'room' as room, h.id as household,
      coalesce(h.fields->>'endedOn', '') <> '' as ended, ${gone} as gone,
      coalesce(h.fields->>'head' = r.id::text, false) as head
    ${peopleFrom(asked, conditionsOf(asked), ['building'])}`.execute(db)
  return rows
}

type FieldSort = Exclude<BeyondSort, 'colour' | 'dueOn' | 'overdue'>
const fieldOf: Readonly<Record<FieldSort, string>> = {
  ...{ name: 'name', sex: 'sex', birth: 'birth', age: 'birth', arrivedOn: 'arrivedOn' },
}

/** The more years, the earlier the birth; the later, the earlier the day. */
const upsideDown: ReadonlySet<BeyondSort> = new Set(['age', 'overdue'])

export interface InOrder {
  readonly by: BeyondSort
  readonly descending: boolean
  /** Whom the ones asked for come after; null: the first ones. */
  readonly after: PersonKey | null
  readonly limit: number
}

interface Order {
  /** Null where nothing is known of somebody. */
  readonly key: RawBuilder<unknown>
  /** The same as it is put in order. */
  readonly spoken: RawBuilder<unknown>
  readonly isDown: boolean
  readonly beside: readonly Beside[]
}

async function orderOf(
  db: Kysely<Database>,
  { filter, today }: PeopleAsked,
  { by, descending }: Pick<InOrder, 'by' | 'descending'>,
): Promise<Order> {
  const isDown = descending !== upsideDown.has(by)
  if (by === 'colour') {
    const key = colourOf(filter.presence)
    return { key, spoken: key, isDown, beside: ['subject'] }
  }
  if (by === 'dueOn' || by === 'overdue') {
    // What is due later is not overdue, and stands with those who are not.
    const key = by === 'dueOn' ? due : sql`case when ${due} < ${today} then ${due} end`
    return { key, spoken: key, isDown, beside: ['call'] }
  }
  const written = sql`nullif(${text(fieldOf[by])}, '')`
  // No mask hides the first letter; the order of the others would tell what it hides.
  const key = by === 'name' ? sql`left(${written}, 1)` : written
  const spoken = by === 'name' ? sql`${key} collate ${sql.raw(await spokenOrder(db))}` : key
  return { key, spoken, isDown, beside: [] }
}

/**
 * At most so many in the order of a column; of whom nothing is known there come last in both directions. Null where
 * whoever they come after is not there any more.
 */
export async function peopleInOrder(
  db: Kysely<Database>,
  asked: PeopleAsked,
  wanted: InOrder,
): Promise<readonly PersonKey[] | null> {
  if (asked.streams.length === 0) return []
  const order = await orderOf(db, asked, wanted)
  const { after, limit } = wanted
  const last = after && (await keyOf(db, asked, after, order))
  if (last === undefined) return null
  if (wanted.by === 'colour') return inColours(db, asked, wanted, last)
  const { key, spoken, isDown, beside } = order
  const conditions = conditionsOf(asked)
  const isCall = beside.includes('call')
  const further = isDown ? sql`<` : sql`>`
  const from = after
    ? sql`and ${spoken} ${isDown ? sql`<=` : sql`>=`} ${last}
        and (${spoken} ${further} ${last} or r.id > ${after.id}::uuid)`
    : sql``
  const unknown = sql`and ${key} is null ${
    last === null && after ? sql`and r.id > ${after.id}::uuid` : sql``
  }`
  const ask = async (whom: RawBuilder<unknown>, most: number, isKnown = false) => {
    const { rows } = await sql<PersonKey>`
      select r.stream, r.id ${peopleFrom(asked, conditions, beside, isKnown && isCall)} ${whom}
      order by ${key} is null, ${byDay(wanted.by) ?? spoken} ${isDown ? sql`desc` : sql``}, r.id
      limit ${most}`.execute(db)
    return rows
  }
  if (last === null && after) return ask(unknown, limit)
  if (!isCall) {
    // Looked at once: whoever has nothing there comes behind those who have.
    return ask(after ? sql`and ((${key} is not null ${from}) or ${key} is null)` : sql``, limit)
  }
  const known = sql`and ${key} is not null ${from}`
  const near = await nearBy(db, asked.streams, last, isDown)
  const soon = sql`${known} and c.due ${isDown ? sql`>=` : sql`<=`} ${near}`
  const first = near === null ? [] : await ask(soon, limit, true)
  if (first.length === limit) return first
  const all = await ask(known, limit, true)
  return all.length === limit ? all : [...all, ...(await ask(unknown, limit - all.length))]
}

/** As many households with a call have more people than a page. */
const householdsOfPage = 400

/**
 * The day of a call so many households further on: up to it the database looks at few. Null where there are no more of
 * them.
 */
async function nearBy(
  db: Kysely<Database>,
  streams: readonly string[],
  last: string | null,
  isDown: boolean,
): Promise<string | null> {
  const from = last === null ? sql`` : sql`and due ${isDown ? sql`<=` : sql`>=`} ${last}`
  const { rows } = await sql<{ due: string }>`
    select due from subject
    where kind = 'household' and due is not null and stream = ${listOf(streams)} ${from}
    order by due ${isDown ? sql`desc` : sql``} offset ${householdsOfPage} limit 1`.execute(db)
  return rows[0]?.due ?? null
}

/** A day by which an index stands in order, where nothing else is asked of it. */
function byDay(by: BeyondSort): RawBuilder<unknown> | null {
  return by === 'dueOn' || by === 'overdue' ? sql`c.due` : null
}

/** One colour after the other, each by an index. */
async function inColours(
  db: Kysely<Database>,
  asked: PeopleAsked,
  { after, descending, limit }: InOrder,
  last: string | null,
): Promise<readonly PersonKey[]> {
  const conditions = conditionsOf(asked)
  const colour = colourOf(asked.filter.presence)
  const keys = descending ? [...colourKeys].reverse() : colourKeys
  const from = last === null ? 0 : keys.findIndex((key) => key === last)
  const found: PersonKey[] = []
  for (const key of keys.slice(from)) {
    const further = after && key === last ? sql`and r.id > ${after.id}::uuid` : sql``
    const { rows } = await sql<PersonKey>`
      select r.stream, r.id ${peopleFrom(asked, conditions, ['subject'])}
        and ${colour} = ${key} ${further}
      order by r.id limit ${limit - found.length}`.execute(db)
    found.push(...rows)
    if (found.length === limit) break
  }
  return found
}

/** By what somebody is ordered; undefined where the person is not there any more. */
async function keyOf(
  db: Kysely<Database>,
  { filter, today }: PeopleAsked,
  { stream, id }: PersonKey,
  { key, beside }: Order,
): Promise<string | null | undefined> {
  const all = { all: [sql`r.id = ${id}::uuid`], beside }
  const asked = { streams: [stream], filter: { presence: filter.presence }, today }
  const { rows } = await sql<{ key: string | null }>`
    select ${key} as key ${peopleFrom(asked, all)}`.execute(db)
  return rows[0]?.key
}

const orders = new WeakMap<Kysely<Database>, Promise<string>>()

/** First letters of names by pinyin where the database can; one that cannot puts them in the order of their letters. */
function spokenOrder(db: Kysely<Database>): Promise<string> {
  const known = orders.get(db)
  if (known) return known
  const asked = sql`select from pg_collation where collname = 'zh-x-icu'`
    .execute(db)
    .then(({ rows }) => (rows.length > 0 ? '"zh-x-icu"' : '"C"'))
  orders.set(db, asked)
  return asked
}
