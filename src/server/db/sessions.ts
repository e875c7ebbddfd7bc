/** Sessions, by the hash of their token: what lies in the database opens nothing. */
import type { Kysely } from 'kysely'
import type { Role } from '#domain/account.ts'
import type { Database } from './schema.ts'

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

/** One session a device: a new sign-in ends the one before, and clears away what ran out. */
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
    await trx
      .deleteFrom('session')
      .where((either) =>
        either.or([
          either('device', '=', session.device),
          either('expires_at', '<', session.created_at),
        ]),
      )
      .execute()
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

/** All of an account's but one: each of its devices asks for the password, and keeps its work. */
export async function endSessionsOf(
  db: Kysely<Database>,
  account: string,
  but: string | null,
): Promise<void> {
  await db
    .deleteFrom('session')
    .where('account', '=', account)
    .where('hash', '<>', but ?? '')
    .execute()
}
