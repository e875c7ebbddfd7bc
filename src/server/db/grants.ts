/** What the application's role may do: its daily work, and nothing that would undo the log. */
import { sql, type Kysely } from 'kysely'
import type { Database } from './schema.ts'

/** Tables that only grow. */
const logs = ['audit', 'change', 'act', 'chain'] as const

/**
 * By the owner, at every start, since new tables come with new versions. The logs' triggers refuse everybody; the
 * application's role cannot switch them off, because the tables are not its own.
 */
export async function grantTo(owner: Kysely<Database>, role: string): Promise<void> {
  const to = sql.id(role)
  await owner.transaction().execute(async (trx) => {
    // Two servers that start at once would grant the same rows at once, which PostgreSQL refuses one of them.
    await sql`lock table kysely_migration_lock in exclusive mode`.execute(trx)
    await sql`grant usage on schema public to ${to}`.execute(trx)
    await sql`grant select, insert, update, delete on all tables in schema public to ${to}`.execute(
      trx,
    )
    for (const table of ['kysely_migration', 'kysely_migration_lock']) {
      await sql`revoke all on ${sql.table(table)} from ${to}`.execute(trx)
    }
    // A backup says of which version of the tables it is.
    await sql`grant select on kysely_migration to ${to}`.execute(trx)
    for (const table of logs) {
      await sql`revoke update, delete, truncate, references, trigger on ${sql.table(table)} from ${to}`.execute(
        trx,
      )
    }
    // A row can only be locked by whoever may update it; a trigger sees that none ever is.
    await sql`grant update (id) on chain to ${to}`.execute(trx)
    // Values whose time is over are emptied; a trigger sees that they are nothing but emptied.
    await sql`grant update (fields, salt) on change to ${to}`.execute(trx)
  })
}

/** A role that may sign in, with this password from now on. */
export async function makeRole(
  owner: Kysely<Database>,
  role: string,
  password: string,
): Promise<void> {
  const { rows } = await sql`select 1 from pg_roles where rolname = ${role}`.execute(owner)
  const verb = rows.length > 0 ? sql`alter` : sql`create`
  await sql`${verb} role ${sql.id(role)} with login nosuperuser nocreatedb nocreaterole
    password ${sql.lit(password)}`.execute(owner)
}

/** By a superuser: the role sees how long the write-ahead log is, for the figures, and nothing that stands in it. */
export async function letSeeLogSize(owner: Kysely<Database>, role: string): Promise<void> {
  await sql`grant execute on function pg_ls_waldir() to ${sql.id(role)}`.execute(owner)
}

/** Whether whoever is connected could undo the log's protection: it owns the tables, or is above all owners. */
export async function ownsTheLog(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ owns: boolean }>`
    select pg_has_role(current_user, relowner, 'member') as owns
    from pg_class where oid = 'audit'::regclass`.execute(db)
  return rows[0]?.owns ?? true
}
