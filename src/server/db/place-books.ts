/** Workbooks of places and people as they were written: what each made, and what stands there now. */
import { sql, type Kysely } from 'kysely'
import type { Role } from '#domain/account.ts'
import type { KnownAccount, KnownPlace } from '#domain/place-book/planning.ts'
import type { TakenBack } from '#protocol/place-book.ts'
import { placesBelow } from './places.ts'
import { listOf, namesOfPlaces } from './place-tree.ts'
import type { Database } from './schema.ts'

/** Of whoever asks: the open places of their part of the tree, and those that they were given. */
export async function knownPlaces(
  db: Kysely<Database>,
  account: string,
): Promise<{ readonly places: readonly KnownPlace[]; readonly roots: readonly string[] }> {
  const below = [...(await placesBelow(db, account)).values()]
  const rows = await db
    .selectFrom('account_place')
    .select('place')
    .where('account', '=', account)
    .orderBy('place')
    .execute()
  return {
    roots: rows.map(({ place }) => place),
    places: below.flatMap(({ id, parent, kind, name, code, closed }) =>
      closed || kind === null || name === null ? [] : [{ id, parent, kind, name, code }],
    ),
  }
}

/** Accounts by login; of one that works elsewhere, or no more, only that there is one. */
export async function knownAccounts(
  db: Kysely<Database>,
  account: string,
  logins: readonly string[],
): Promise<Map<string, KnownAccount>> {
  const { rows } = await sql<{ login: string; name: string; role: Role; own: boolean }>`
    with recursive below as (
      select place as id from account_place where account = ${account}
      union
      select place.id from place join below on place.parent = below.id
    )
    select login, name, role, not closed and exists (
      select from account_place join below on below.id = account_place.place
      where account_place.account = account.id
    ) as own
    from account where login = any(${sql.val([...logins])}::text[])`.execute(db)
  return new Map(rows.map(({ login, name, role, own }) => [login, own ? { name, role } : null]))
}

export interface BookRow {
  readonly book: string
  readonly subject: string
  readonly by: string
  readonly at: Date
  readonly places: readonly string[]
  readonly accounts: readonly string[]
  readonly takenBackAt: Date | null
}

const selection = sql`
  select id as book, subject, account as by, at, details->'places' as places,
    details->'accounts' as accounts
  from act where act = 'places-made'`

/** With the moment at which each was taken back. Acts go by their own ids: one question for all of them. */
async function withEnds(
  db: Kysely<Database>,
  books: readonly Omit<BookRow, 'takenBackAt'>[],
): Promise<readonly BookRow[]> {
  if (books.length === 0) return []
  const { rows } = await sql<{ book: string; at: Date }>`
    select details->>'book' as book, min(at) as at from act
    where act = 'places-taken-back' and subject = ${listOf(books.map(({ subject }) => subject))}
    group by 1`.execute(db)
  const endOf = new Map(rows.map(({ book, at }) => [book, at]))
  return books.map((book) => ({ ...book, takenBackAt: endOf.get(book.book) ?? null }))
}

const mostListed = 30

/** Those that were written in some places, the newest first. */
export async function listBooks(
  db: Kysely<Database>,
  places: readonly string[],
): Promise<readonly BookRow[]> {
  const { rows } = await sql<Omit<BookRow, 'takenBackAt'>>`
    ${selection} and subject = any(${sql.val([...places])}::uuid[])
    order by at desc, id desc limit ${mostListed}`.execute(db)
  return withEnds(db, rows)
}

export async function findBook(db: Kysely<Database>, book: string): Promise<BookRow | undefined> {
  const { rows } = await sql<
    Omit<BookRow, 'takenBackAt'>
  >`${selection} and id = ${book}::uuid`.execute(db)
  return (await withEnds(db, rows))[0]
}

/** The first thing that keeps a workbook from being taken back; null where nothing does. */
export async function whatStands(
  db: Kysely<Database>,
  { places, accounts }: Pick<BookRow, 'places' | 'accounts'>,
): Promise<TakenBack['standing']> {
  const people = sql`${sql.val([...accounts])}::uuid[]`
  const { rows: signedIn } = await sql<{ name: string }>`
    select account.name from account
    where account.id = any(${people}) and not account.closed and account.one_time_until is null
    union all
    select account.name from device join account on account.id = device.account
    where device.account = any(${people}) and not account.closed
    order by name limit 1`.execute(db)
  if (signedIn[0]) return { what: 'signed-in', ...signedIn[0] }
  const { rows: made } = await sql<{ id: string }>`
    select id from stream where id = ${listOf(places)} and closed_at is null`.execute(db)
  const open = made.map(({ id }) => id)
  const names = await namesOfPlaces(db, open)
  const first = (ids: Iterable<string>) =>
    [...new Set(ids)].map((id) => names.get(id)?.name ?? '').sort()[0]
  const { rows: held } = await sql<{ stream: string }>`
    select distinct stream from record
    where stream = ${listOf(open)} and not removed and kind not in ('place', 'account')`.execute(db)
  const record = first(held.map(({ stream }) => stream))
  if (record !== undefined) return { what: 'record', name: record }
  const { rows: below } = await sql<{ id: string; parent: string }>`
    select id, parent from place where parent = ${listOf(open)} and not id = ${listOf(places)}`.execute(
    db,
  )
  const { rows: living } = await sql<{ id: string }>`
    select id from stream
    where id = ${listOf(below.map(({ id }) => id))} and closed_at is null`.execute(db)
  const livingIds = new Set(living.map(({ id }) => id))
  const place = first(below.flatMap(({ id, parent }) => (livingIds.has(id) ? [parent] : [])))
  if (place !== undefined) return { what: 'place', name: place }
  const { rows: working } = await sql<{ place: string }>`
    select account_place.place from account_place
    join account on account.id = account_place.account
    where account_place.place = ${listOf(open)} and not account.closed
      and not account.id = any(${people})`.execute(db)
  const person = first(working.map((row) => row.place))
  return person === undefined ? null : { what: 'person', name: person }
}
