import { sql, type QueryExecutorProvider } from 'kysely'

/** A request is found by the hash of its follow-up code, and by its number. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create index record_follow_code on record using gin ((fields->'tokens') jsonb_path_ops)
    where kind = 'asker'`,
  `create index request_state_number on request_state (number)`,
]
