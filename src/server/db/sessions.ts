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

/** What a request shows: the hash of a pass, or of a cookie; and of which device it says that it is, null where it does not. */
export interface AskedSession {
  readonly hash: string
  readonly device: string | null
}

/** By the hash of a pass, or of a cookie; never by that of a token, which opens nothing itself. */
export async function findSession(
  db: Kysely<Database>,
  asked: AskedSession,
): Promise<SessionRow | undefined> {
  return (await findSessions(db, [asked])).get(asked.hash)
}

/** The same of many hashes in one question, by the hash that was asked for; of apps that name no device in another. */
export async function findSessions(
  db: Kysely<Database>,
  asked: readonly AskedSession[],
): Promise<Map<string, SessionRow>> {
  const found = new Map<string, SessionRow>()
  const named = asked.flatMap(({ device }) => (device === null ? [] : [device]))
  const parts = [
    { these: asked.filter(({ device }) => device !== null), devices: named },
    { these: asked.filter(({ device }) => device === null), devices: null },
  ]
  for (const { these, devices } of parts) {
    if (these.length === 0) continue
    const hashes = sql`any(${sql.val(these.map(({ hash }) => hash))}::text[])`
    const { rows } = await sql<SessionRow & { readonly asked: string }>`
      select coalesce(pass.hash, session.hash) as asked, session.hash as id, session.account,
        account.name, account.role, account.closed, session.device, device.revoked_at,
        session.created_at, least(session.expires_at, pass.expires_at) as expires_at, session.by_cookie
      from session
      left join session_pass as pass
        on pass.device = session.device and pass.session = session.hash and pass.hash = ${hashes}
      join account on account.id = session.account
      join device on device.id = session.device
      where (pass.hash is not null or (session.by_cookie and session.hash = ${hashes}))
        ${devices ? sql`and session.device = any(${sql.val(devices)}::uuid[])` : sql``}`.execute(db)
    // Together in one question, each still by itself: a pass opens nothing for another device than it was asked of.
    const isAsked = (hash: string, device: string) =>
      these.some(
        (one) => one.hash === hash && (one.device === null || one.device.toLowerCase() === device),
      )
    for (const { asked: hash, ...session } of rows) {
      if (isAsked(hash, session.device)) found.set(hash, session)
    }
  }
  return found
}

/** By the hash of a token: only to give a pass for it. */
export async function findSessionByToken(
  db: Kysely<Database>,
  { hash, device }: AskedSession,
): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionRow>`
    select session.hash as id, session.account, account.name, account.role, account.closed,
      session.device, device.revoked_at, session.created_at, session.expires_at, session.by_cookie
    from session
    join account on account.id = session.account
    join device on device.id = session.device
    where session.hash = ${hash} and not session.by_cookie
      ${device === null ? sql`` : sql`and session.device = ${device}`}`.execute(db)
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

/** One session a device: a new sign-in ends the one before, with its passes. */
export async function startSession(db: Kysely<Database>, session: NewSession): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('session').where('device', '=', session.device).execute()
    await trx.deleteFrom('session_pass').where('device', '=', session.device).execute()
    await trx.insertInto('session').values(session).execute()
  })
}

/** What ran out opens nothing any more, and goes. */
export async function dropExpiredSessions(db: Kysely<Database>, now: Date): Promise<void> {
  await db.deleteFrom('session_pass').where('expires_at', '<', now).execute()
  await db.deleteFrom('session').where('expires_at', '<', now).execute()
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
      .where('device', '=', session.device)
      .where('hash', '=', session.id)
      .execute()
    await trx
      .insertInto('session_pass')
      .values({ ...pass, session: session.id, device: session.device })
      .execute()
  })
}

/** With it all its passes end. */
export async function endSession(
  db: Kysely<Database>,
  { id, device }: Pick<SessionRow, 'id' | 'device'>,
): Promise<void> {
  await db.deleteFrom('session').where('device', '=', device).where('hash', '=', id).execute()
}

/** All sessions of a device: it asks for the password, and keeps its work. */
export async function endSessionsOfDevice(db: Kysely<Database>, device: string): Promise<void> {
  await db.deleteFrom('session').where('device', '=', device).execute()
}

/** All of an account's but one, by the hash of its token: each of its devices asks for the password, and keeps its work. */
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
