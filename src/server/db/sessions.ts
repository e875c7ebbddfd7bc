/**
 * Sessions, by the hash of their token: what lies in the database opens nothing. A token gives passes, and a pass opens
 * the office for some hours; a session of an app before version 0.2.0 goes by a cookie instead.
 */
import { sql, type Kysely } from 'kysely'
import type { Role } from '#domain/account.ts'
import type { Database } from './schema.ts'

export interface SessionRow {
  /** The hash of its token. */
  readonly id: string
  readonly account: string
  readonly name: string
  readonly role: Role
  readonly closed: boolean
  readonly device: string
  readonly revoked_at: Date | null
  readonly created_at: Date
  /** Of the session, or of the pass where that ends earlier. */
  readonly expires_at: Date
  readonly by_cookie: boolean
}

/** By the hash of a pass, or of a cookie; never by that of a token, which opens nothing itself. */
export async function findSession(
  db: Kysely<Database>,
  hash: string,
): Promise<SessionRow | undefined> {
  return (await findSessions(db, [hash])).get(hash)
}

/** The same of many hashes in one question, by the hash that was asked for. */
export async function findSessions(
  db: Kysely<Database>,
  hashes: readonly string[],
): Promise<Map<string, SessionRow>> {
  const { rows } = await sql<SessionRow & { readonly asked: string }>`
    select asked.hash as asked, session.hash as id, session.account, account.name, account.role,
      account.closed, session.device, device.revoked_at, session.created_at,
      least(session.expires_at, pass.expires_at) as expires_at, session.by_cookie
    from unnest(${sql.val([...hashes])}::text[]) as asked(hash)
    left join session_pass as pass on pass.hash = asked.hash
    join session on session.hash = coalesce(pass.session, asked.hash)
    join account on account.id = session.account
    join device on device.id = session.device
    where pass.hash is not null or session.by_cookie`.execute(db)
  return new Map(rows.map(({ asked, ...session }) => [asked, session]))
}

/** By the hash of a token: only to give a pass for it. */
export async function findSessionByToken(
  db: Kysely<Database>,
  hash: string,
): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionRow>`
    select session.hash as id, session.account, account.name, account.role, account.closed,
      session.device, device.revoked_at, session.created_at, session.expires_at, session.by_cookie
    from session
    join account on account.id = session.account
    join device on device.id = session.device
    where session.hash = ${hash} and not session.by_cookie`.execute(db)
  return rows[0]
}

export interface NewSession {
  readonly hash: string
  readonly account: string
  readonly device: string
  readonly created_at: Date
  readonly expires_at: Date
  readonly by_cookie: boolean
}

/** One session a device: a new sign-in ends the one before, and clears away what ran out. */
export async function startSession(db: Kysely<Database>, session: NewSession): Promise<void> {
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
    await trx.deleteFrom('session_pass').where('expires_at', '<', session.created_at).execute()
    await trx.insertInto('session').values(session).execute()
  })
}

/** The same session by a token from now on: its cookie ends with the token's first use, in case this answer is lost. */
export async function addToken(db: Kysely<Database>, session: NewSession): Promise<void> {
  await db.insertInto('session').values(session).execute()
}

/** A pass for a session, which lives on with it; the cookie that the device had before ends. */
export async function startPass(
  db: Kysely<Database>,
  session: Pick<SessionRow, 'id' | 'device'>,
  pass: { readonly hash: string; readonly expires_at: Date },
  sessionUntil: Date,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .deleteFrom('session')
      .where('device', '=', session.device)
      .where('by_cookie', '=', true)
      .execute()
    await trx
      .updateTable('session')
      .set({ expires_at: sessionUntil })
      .where('hash', '=', session.id)
      .execute()
    await trx
      .insertInto('session_pass')
      .values({ ...pass, session: session.id })
      .execute()
  })
}

/** By the hash of its token, and with it all its passes. */
export async function endSession(db: Kysely<Database>, id: string): Promise<void> {
  await db.deleteFrom('session').where('hash', '=', id).execute()
}

/** All sessions of a device: it asks for the password, and keeps its work. */
export async function endSessionsOfDevice(db: Kysely<Database>, device: string): Promise<void> {
  await db.deleteFrom('session').where('device', '=', device).execute()
}

/** All of an account's but that of one pass: each of its devices asks for the password, and keeps its work. */
export async function endSessionsOf(
  db: Kysely<Database>,
  account: string,
  but: string | null,
): Promise<void> {
  await db
    .deleteFrom('session')
    .where('account', '=', account)
    .where('hash', 'not in', (one) =>
      one
        .selectFrom('session_pass')
        .select('session')
        .where('hash', '=', but ?? ''),
    )
    .execute()
}
