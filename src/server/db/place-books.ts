/** Workbooks of places and people as they were written: what each made, and what stands there now. */
import { sql, type Kysely } from 'kysely'
import type { Role } from '#domain/account.ts'
import type { KnownAccount, KnownPlace } from '#domain/place-book/planning.ts'
import type { TakenBack } from '#protocol/place-book.ts'
import { placesBelow } from './places.ts'
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
    details->'accounts' as accounts, (
      select min(back.at) from act as back
      where back.act = 'places-taken-back' and back.subject = act.subject
        and back.details->>'book' = act.id::text
    ) as "takenBackAt"
  from act where act = 'places-made'`

const mostListed = 30

/** Those that were written in some places, the newest first. */
export async function listBooks(
  db: Kysely<Database>,
  places: readonly string[],
): Promise<readonly BookRow[]> {
  const { rows } = await sql<BookRow>`
    ${selection} and subject = any(${sql.val([...places])}::uuid[])
    order by at desc, id desc limit ${mostListed}`.execute(db)
  return rows
}

export async function findBook(db: Kysely<Database>, book: string): Promise<BookRow | undefined> {
  const { rows } = await sql<BookRow>`${selection} and id = ${book}::uuid`.execute(db)
  return rows[0]
}

/** The first thing that keeps a workbook from being taken back; null where nothing does. */
export async function whatStands(
  db: Kysely<Database>,
  { places, accounts }: Pick<BookRow, 'places' | 'accounts'>,
): Promise<TakenBack['standing']> {
  const [made, people] = [places, accounts].map((ids) => sql`${sql.val([...ids])}::uuid[]`)
  const { rows } = await sql<NonNullable<TakenBack['standing']>>`
    with made as (
      select stream.id, coalesce(record.fields->>'name', '') as name
      from stream left join record on record.stream = stream.id and record.id = stream.id
      where stream.id = any(${made}) and stream.closed_at is null
    )
    select what, name from (
      select 1 as step, 'signed-in' as what, account.name from account
      where account.id = any(${people}) and not account.closed and (
        account.one_time_until is null
        or exists (select from device where device.account = account.id)
      )
      union all
      select 2, 'record', made.name from made where exists (
        select from record where record.stream = made.id and not record.removed
          and record.kind not in ('place', 'account')
      )
      union all
      select 3, 'place', made.name from made where exists (
        select from place join stream on stream.id = place.id
        where place.parent = made.id and stream.closed_at is null
          and not place.id = any(${made})
      )
      union all
      select 4, 'person', made.name from made where exists (
        select from account_place join account on account.id = account_place.account
        where account_place.place = made.id and not account.closed
          and not account.id = any(${people})
      )
    ) as standing order by step, name limit 1`.execute(db)
  return rows[0] ?? null
}
