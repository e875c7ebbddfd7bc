import { sql, type QueryExecutorProvider } from 'kysely'

/** What units have of a request, and who asked for it, are found by it and by the person: a purge asks for them. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create index record_errand on record ((fields->>'request')) where kind = 'errand'`,
  `create index record_asker on record ((fields->>'resident')) where kind = 'asker'`,
]
