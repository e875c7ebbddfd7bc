/** Accounts and the places that they work in. */
import { sql, type Kysely } from 'kysely'
import type { Role } from '#domain/account.ts'
import { heldBelow } from './held-below.ts'
import { listOf } from './place-tree.ts'
import type { Database } from './schema.ts'

export interface AccountRow {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly role: Role
  /** Argon2id, encoded with its parameters and salt. */
  readonly password: string
  readonly closed: boolean
  /** Set where the office made the password: it opens until then, and only to choose another one. */
  readonly one_time_until: Date | null
  /** The act that made that password; null of one that somebody chose. */
  readonly password_by: string | null
}

/** Whether nobody can have worked here: without an account there may be places of a demo whose fill was cut short. */
export async function hasNoAccount(db: Kysely<Database>): Promise<boolean> {
  const row = await db.selectFrom('account').select('id').limit(1).executeTakeFirst()
  return row === undefined
}

/** Whether nothing was ever made here: no account, and no places that a fill or a restore left when it was cut short. */
export async function isNew(db: Kysely<Database>): Promise<boolean> {
  const place = await db.selectFrom('place').select('id').limit(1).executeTakeFirst()
  return place === undefined && (await hasNoAccount(db))
}

export async function createAccount(
  db: Kysely<Database>,
  account: Omit<AccountRow, 'closed' | 'one_time_until' | 'password_by'> &
    Partial<Pick<AccountRow, 'one_time_until' | 'password_by'>>,
  places: readonly string[],
): Promise<void> {
  await db.insertInto('account').values(account).execute()
  await setPlaces(db, account.id, places)
}

export async function findAccountById(
  db: Kysely<Database>,
  id: string,
): Promise<AccountRow | undefined> {
  const row = await db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst()
  return row as AccountRow | undefined
}

export async function findAccount(
  db: Kysely<Database>,
  login: string,
): Promise<AccountRow | undefined> {
  const row = await db
    .selectFrom('account')
    .selectAll()
    .where('login', '=', login)
    .executeTakeFirst()
  return row as AccountRow | undefined
}

/** All of an account's places, for those that it had. */
export async function setPlaces(
  db: Kysely<Database>,
  account: string,
  places: readonly string[],
): Promise<void> {
  await db.deleteFrom('account_place').where('account', '=', account).execute()
  if (places.length === 0) return
  await db
    .insertInto('account_place')
    .values([...new Set(places)].map((place) => ({ account, place })))
    .execute()
}

/** The streams that hold the account's public part. */
export async function streamsNaming(db: Kysely<Database>, account: string): Promise<string[]> {
  // By primary key, one look a stream: there are some hundreds.
  const { rows } = await sql<{ id: string }>`
    select stream.id from stream where exists (
      select from record
      where record.stream = stream.id and record.id = ${account} and not record.removed
    ) order by stream.id`.execute(db)
  return rows.map(({ id }) => id)
}

/** A password that an act of the office made: it opens until a moment, and only to choose another one. */
export async function setOneTimePassword(
  db: Kysely<Database>,
  account: string,
  { hash, until }: { readonly hash: string; readonly until: Date },
  act: string,
): Promise<void> {
  await db
    .updateTable('account')
    .set({ password: hash, one_time_until: until, password_by: act })
    .where('id', '=', account)
    .execute()
}

/** Puts a person's own password in the place of the one that it was; false where that is another by now. */
export async function exchangePassword(
  db: Kysely<Database>,
  account: string,
  before: string,
  password: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('account')
    .set({ password, one_time_until: null, password_by: null })
    .where('id', '=', account)
    .where('password', '=', before)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export interface ListedAccountRow extends Pick<
  AccountRow,
  'id' | 'login' | 'name' | 'role' | 'closed' | 'one_time_until'
> {
  readonly closed_at: Date | null
  readonly factor: boolean
  /** Its places, of a closed one those that it had; within the part of the tree that was asked for. */
  readonly places: readonly string[]
  /** Some of its places lie beyond. */
  readonly beyond: boolean
}

/** Accounts with a place at those of an account or below them; closed ones with the places that they had. */
export async function listAccounts(
  db: Kysely<Database>,
  account: string,
): Promise<ListedAccountRow[]> {
  const { rows } = await sql<Omit<ListedAccountRow, 'factor'>>`
    ${heldBelow(account)}
    select account.id, account.login, account.name, account.role, account.closed,
      account.closed_at, account.one_time_until,
      array_agg(held.place) filter (where below.id is not null) as places,
      bool_or(below.id is null) as beyond
    from account
    join held on held.account = account.id
    left join below on below.id = held.place
    group by account.id
    having bool_or(below.id is not null)
    order by account.closed, account.login`.execute(db)
  const { rows: factors } = await sql<{ account: string }>`
    select account from second_factor
    where account = ${listOf(rows.map(({ id }) => id))} and confirmed_at is not null`.execute(db)
  const withFactor = new Set(factors.map(({ account: id }) => id))
  return rows.map((row) => ({ ...row, factor: withFactor.has(row.id) }))
}
