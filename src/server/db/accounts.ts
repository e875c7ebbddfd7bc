/** Accounts and the places that they work in. */
import type { Kysely } from 'kysely'
import type { Role } from '#domain/account.ts'
import type { Database } from './schema.ts'

export interface AccountRow {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly role: Role
  /** Argon2id, encoded with its parameters and salt. */
  readonly password: string
  readonly closed: boolean
}

export async function createAccount(
  db: Kysely<Database>,
  account: Omit<AccountRow, 'closed'>,
  places: readonly string[],
): Promise<void> {
  await db.insertInto('account').values(account).execute()
  for (const place of places) {
    await db.insertInto('account_place').values({ account: account.id, place }).execute()
  }
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
