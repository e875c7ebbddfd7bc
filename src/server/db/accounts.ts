/** Accounts, their devices, sessions, and the counting of failed sign-ins. */
import type { Kysely } from 'kysely'
import type { Role } from '#domain/account.ts'
import type { Database } from './schema.ts'

export interface AccountRow {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly role: Role
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

export interface DeviceRow {
  readonly id: string
  readonly account: string
  readonly key: string
  readonly last_seq: number
  readonly skew_ms: number | null
  readonly revoked_at: Date | null
}

export function findDevice(db: Kysely<Database>, id: string): Promise<DeviceRow | undefined> {
  return db.selectFrom('device').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The device's row; made on its first sign-in, with the server's half of its key. */
export async function enrolDevice(
  db: Kysely<Database>,
  device: { readonly id: string; readonly account: string; readonly name: string },
  key: string,
  now: Date,
): Promise<void> {
  await db
    .insertInto('device')
    .values({ ...device, key, last_seq: 0, skew_ms: null, seen_at: now, revoked_at: null })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({ name: device.name, seen_at: now }),
    )
    .execute()
}

export interface SessionRow {
  readonly account: string
  readonly name: string
  readonly role: Role
  readonly closed: boolean
  readonly device: string
  readonly revoked_at: Date | null
  readonly expires_at: Date
}

export async function findSession(
  db: Kysely<Database>,
  hash: string,
): Promise<SessionRow | undefined> {
  const row = await db
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.account')
    .innerJoin('device', 'device.id', 'session.device')
    .select([
      'session.account',
      'account.name',
      'account.role',
      'account.closed',
      'session.device',
      'device.revoked_at',
      'session.expires_at',
    ])
    .where('session.hash', '=', hash)
    .executeTakeFirst()
  return row as SessionRow | undefined
}

/** One session a device: a new sign-in ends the one before. */
export async function startSession(
  db: Kysely<Database>,
  session: {
    readonly hash: string
    readonly account: string
    readonly device: string
    readonly created_at: Date
    readonly expires_at: Date
  },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('session').where('device', '=', session.device).execute()
    await trx.insertInto('session').values(session).execute()
  })
}

export async function prolongSession(
  db: Kysely<Database>,
  hash: string,
  expiresAt: Date,
): Promise<void> {
  await db.updateTable('session').set({ expires_at: expiresAt }).where('hash', '=', hash).execute()
}

export async function endSession(db: Kysely<Database>, hash: string): Promise<void> {
  await db.deleteFrom('session').where('hash', '=', hash).execute()
}

/** Failed sign-ins of a key (a login, an address) since a moment. */
export async function countAttempts(
  db: Kysely<Database>,
  key: string,
  since: Date,
): Promise<number> {
  const { n } = await db
    .selectFrom('attempt')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('key', '=', key)
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  return Number(n)
}

export async function noteAttempt(
  db: Kysely<Database>,
  keys: readonly string[],
  at: Date,
): Promise<void> {
  await db
    .insertInto('attempt')
    .values(keys.map((key) => ({ key, at })))
    .execute()
}

export async function forgetAttempts(db: Kysely<Database>, before: Date): Promise<void> {
  await db.deleteFrom('attempt').where('at', '<', before).execute()
}
