import { sql, type QueryExecutorProvider } from 'kysely'

/**
 * What a repeated act is held against: the request, its subject as the act left it, and which act made a password.
 * Acts of before have none of it, so they are not answered a second time.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table act add column asked text, add column left_as text`,
  `alter table account add column password_by uuid`,
]
