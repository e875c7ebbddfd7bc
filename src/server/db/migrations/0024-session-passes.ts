import { sql, type QueryExecutorProvider } from 'kysely'

/**
 * Sessions by a token that the device seals: it opens nothing but the way to a pass, which opens the office for hours.
 * Sessions that are there go by a cookie, and so does every one that an older backup brings back.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table session add column by_cookie boolean not null default true`,
  `create index session_device on session (device)`,
  // No reference to the session: a pass without one opens nothing, and a sign-in never waits for it.
  `create table session_pass (
    hash text primary key,
    session text not null,
    expires_at timestamptz not null
  )`,
  `create index session_pass_session on session_pass (session)`,
]
