import { sql, type Kysely } from 'kysely'

/** What an office did, and the rows by which the audit's chains are locked, only grow, as the audit log does. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = ['act', 'chain'].flatMap((table) => [
  `create trigger ${table}_only_grows before update or delete on ${table}
    for each row execute function refuse_audit_change()`,
  `create trigger ${table}_never_emptied before truncate on ${table}
    for each statement execute function refuse_audit_change()`,
])
