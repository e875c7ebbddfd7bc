/** What was asked by the codes on walls: found, counted, kept once, and forgotten in time. */
import { sql, type Kysely, type Transaction } from 'kysely'
import type { AskedBefore } from '#domain/ask/limits.ts'
import type { Asked } from '#domain/ask/said.ts'
import type { StickerCode } from '#domain/ask/sticker.ts'
import { instantToDay } from '#domain/day.ts'
import type { AskRequestTable } from './ask-tables.ts'
import { hashOfText } from './hashing-text.ts'
import type { RecordRow } from './record-row.ts'
import { loadRecords } from './records.ts'
import type { Database } from './schema.ts'

export interface Sticker {
  readonly id: string
  readonly stream: string
  readonly fields: StickerCode
}

/** So often a building goes to another grid at most before somebody prints anew. */
const mostMoves = 20

/** The code of a wall, in whatever grid its building stands now; undefined where it is none of ours. */
export async function findSticker(
  db: Kysely<Database>,
  code: string,
): Promise<Sticker | undefined> {
  const made = await db
    .selectFrom('ask_code')
    .select(['stream', 'code'])
    .where('hash', '=', hashOfText(code))
    .executeTakeFirst()
  return made && stickerAt(db, made.stream, made.code)
}

/** The same by its record, from where it was. */
export async function stickerAt(
  db: Kysely<Database>,
  from: string,
  id: string,
): Promise<Sticker | undefined> {
  let stream: string | null = from
  for (let move = 0; stream !== null && move < mostMoves; move += 1) {
    const [row]: RecordRow[] = await loadRecords(db, [stream], [id])
    if (row?.kind !== 'code') return undefined
    if (!row.removed) return { id: row.id, stream, fields: row.fields as unknown as StickerCode }
    stream = row.movedTo
  }
  return undefined
}

export async function keepStickers(
  trx: Transaction<Database>,
  codes: readonly { readonly code: string; readonly stream: string; readonly id: string }[],
): Promise<void> {
  await trx
    .insertInto('ask_code')
    .values(codes.map(({ code, stream, id }) => ({ hash: hashOfText(code), stream, code: id })))
    .execute()
}

/** The key that signs challenges, the same for all servers of this database. `fresh`: taken where there is none. */
export async function signingKey(db: Kysely<Database>, fresh: string): Promise<string> {
  await db
    .insertInto('ask_key')
    .values({ id: 1, key: fresh })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await db
    .selectFrom('ask_key')
    .select('key')
    .where('id', '=', 1)
    .executeTakeFirstOrThrow()
  return row.key
}

/** False where this proof was used before. */
export async function useProof(
  trx: Transaction<Database>,
  salt: string,
  until: number,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows: many } = await trx
    .insertInto('ask_nonce')
    .values({ salt, until: new Date(until) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (many ?? 0n) > 0n
}

const hourMs = 3_600_000

/** What went in unasked lately. The limits are small numbers, so nothing is counted far beyond them. */
export async function askedBefore(
  db: Kysely<Database>,
  place: string,
  code: string,
  now: number,
): Promise<AskedBefore> {
  const hour = new Date(now - hourMs).toISOString()
  const day = new Date(now - 24 * hourMs).toISOString()
  const { rows } = await sql<AskedBefore>`
    select
      (count(*) filter (where code = ${code}::uuid and received_at > ${hour}::timestamptz))::integer
        as "ofCodeThisHour",
      (count(*) filter (where code = ${code}::uuid))::integer as "ofCodeToday",
      (count(*) filter (where received_at > ${hour}::timestamptz))::integer as "ofPlaceThisHour"
    from ask_request
    where place = ${place}::uuid and is_counted and received_at > ${day}::timestamptz`.execute(db)
  return rows[0] ?? { ofCodeThisHour: 0, ofCodeToday: 0, ofPlaceThisHour: 0 }
}

/** How much waits, no further than it matters. */
export async function countWaitingOf(
  db: Kysely<Database>,
  place: string,
  code: string,
  isProven: boolean,
  most: number,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from (
      select 1 from ask_request
      where place = ${place}::uuid and state = 'waiting' and code = ${code}::uuid
        and is_proven = ${isProven} limit ${most}
    ) as waiting`.execute(db)
  return rows[0]?.count ?? 0
}

export async function countWaitingIn(
  db: Kysely<Database>,
  place: string,
  most: number,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from (
      select 1 from ask_request where place = ${place}::uuid and state = 'waiting' limit ${most}
    ) as waiting`.execute(db)
  return rows[0]?.count ?? 0
}

/** 1, 2, 3 … of a community's pages on a day: whoever takes one holds the next back until it is written. */
export async function nextCount(
  trx: Transaction<Database>,
  place: string,
  at: string,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    insert into ask_day (place, day, count)
    values (${place}::uuid, ${instantToDay(at)}::date, 1)
    on conflict (place, day) do update set count = ask_day.count + 1
    returning count`.execute(trx)
  return rows[0]?.count ?? 1
}

export type AskRow = Pick<
  AskRequestTable,
  'place' | 'id' | 'code' | 'stream' | 'number' | 'token_hash' | 'said_hash' | 'state' | 'why'
> & {
  readonly said: Asked | null
  readonly request: string | null
  readonly received_at: Date
  readonly decided_at: Date | null
  readonly reason: string | null
  readonly told: string | null
}

const columns = [
  ...(['place', 'id', 'code', 'stream', 'number', 'token_hash', 'said', 'said_hash'] as const),
  ...(['state', 'why', 'request', 'received_at', 'decided_at', 'reason', 'told'] as const),
] as const

export async function findAsked(
  db: Kysely<Database>,
  place: string,
  id: string,
  { isLocked = false }: { readonly isLocked?: boolean } = {},
): Promise<AskRow | undefined> {
  let query = db
    .selectFrom('ask_request')
    .select(columns)
    .where('place', '=', place)
    .where('id', '=', id)
  if (isLocked) query = query.forUpdate()
  return query.executeTakeFirst()
}

/** What a follow-up code opens of that which is in no stream yet, or never will be. */
export async function findAskedByToken(
  db: Kysely<Database>,
  hash: string,
): Promise<AskRow | undefined> {
  return db
    .selectFrom('ask_request')
    .select(columns)
    .where('token_hash', '=', hash)
    .executeTakeFirst()
}

/** False where there is one under this id already. */
export async function keepAsked(
  trx: Transaction<Database>,
  row: Omit<AskRow, 'received_at' | 'decided_at' | 'reason' | 'told'> & {
    readonly at: string
    readonly isProven: boolean
    readonly isCounted: boolean
  },
): Promise<boolean> {
  const { at, isProven, isCounted, said, ...rest } = row
  const { numInsertedOrUpdatedRows: many } = await trx
    .insertInto('ask_request')
    .values({
      ...rest,
      ...{ said: said && JSON.stringify(said), is_proven: isProven, is_counted: isCounted },
      ...{ received_at: at, decided_at: null, decided_by: null, reason: null, told: null },
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (many ?? 0n) > 0n
}

/** Additions to one request a day: all of them are read on every device that lists what waits. */
export const mostAdditionsADay = 20

/** Said: it is new. Same: it was said before. Full: too many today. */
export async function addToAsked(
  trx: Transaction<Database>,
  { place, id }: Pick<AskRow, 'place' | 'id'>,
  addition: { readonly hash: string; readonly words: string | null; readonly at: string },
): Promise<'said' | 'same' | 'full'> {
  const since = `${instantToDay(addition.at)}T00:00:00+08:00`
  const { rows } = await sql<{ many: number; isKnown: boolean }>`
    select (count(*) filter (where at >= ${since}::timestamptz))::integer as many,
      coalesce(bool_or(hash = ${addition.hash}), false) as "isKnown"
    from ask_addition where place = ${place}::uuid and ask = ${id}::uuid`.execute(trx)
  if (rows[0]?.isKnown) return 'same'
  if ((rows[0]?.many ?? 0) >= mostAdditionsADay) return 'full'
  const { numInsertedOrUpdatedRows: many } = await trx
    .insertInto('ask_addition')
    .values({ place, ask: id, ...addition })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (many ?? 0n) > 0n ? 'said' : 'same'
}

/** Words that the request does not have yet, the oldest first. */
export async function additionsToAsked(
  db: Kysely<Database>,
  place: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('ask_addition')
    .select(['ask', 'words'])
    .where('place', '=', place)
    .where('ask', 'in', [...ids])
    .where('words', 'is not', null)
    .orderBy('at')
    .execute()
  const found = new Map<string, string[]>()
  for (const { ask, words } of rows) {
    if (words !== null) found.set(ask, [...(found.get(ask) ?? []), words])
  }
  return found
}

export async function emptyAsked(
  trx: Transaction<Database>,
  { place, id }: Pick<AskRow, 'place' | 'id'>,
): Promise<void> {
  await trx
    .updateTable('ask_addition')
    .set({ words: null })
    .where('place', '=', place)
    .where('ask', '=', id)
    .execute()
}

/** What was turned away can be taken back so long; its words go then, and the row after half a year. */
export const takeBackDays = 30
const keptDays = 180

/** Forgets used proofs, words that were turned away long ago, and rows whose request was purged. */
export async function forgetAsked(db: Kysely<Database>, now: number): Promise<void> {
  const before = (days: number) => new Date(now - days * 24 * hourMs).toISOString()
  await db.deleteFrom('ask_nonce').where('until', '<', new Date(now)).execute()
  await sql`delete from ask_day where day < ${before(3)}::date`.execute(db)
  await sql`
    update ask_request set said = null
    where state in ('turned-away', 'withdrawn') and said is not null
      and decided_at < ${before(takeBackDays)}::timestamptz`.execute(db)
  await sql`
    update ask_addition set words = null
    where words is not null and exists (
      select 1 from ask_request as one
      where one.place = ask_addition.place and one.id = ask_addition.ask and one.said is null)`.execute(
    db,
  )
  await sql`delete from ask_addition where at < ${before(keptDays)}::timestamptz`.execute(db)
  await sql`
    delete from ask_request
    where state <> 'waiting' and decided_at < ${before(keptDays)}::timestamptz`.execute(db)
}
