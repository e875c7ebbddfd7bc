import { sql, type QueryExecutorProvider } from 'kysely'

/**
 * Sessions and passes lie with their device: who asks is found in one place, on an engine of several machines too.
 * A request names its device; of an app that does not, the hash alone is looked for. When rows ran out is indexed: a
 * round clears them away, and a sign-in has nothing to do with others' sessions.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table session drop constraint session_pkey`,
  `alter table session add primary key (device, hash)`,
  `drop index session_device`,
  `create index session_hash on session (hash)`,
  `create index session_expires on session (expires_at)`,
  `alter table session_pass add column device uuid`,
  `update session_pass set device = session.device from session where session.hash = session_pass.session`,
  // A pass whose session is gone opened nothing.
  `delete from session_pass where device is null`,
  `alter table session_pass alter column device set not null`,
  `alter table session_pass drop constraint session_pass_pkey`,
  `alter table session_pass add primary key (device, hash)`,
  `create index session_pass_hash on session_pass (hash)`,
  `create index session_pass_expires on session_pass (expires_at)`,
  `create index attempt_at on attempt (at)`,
]
