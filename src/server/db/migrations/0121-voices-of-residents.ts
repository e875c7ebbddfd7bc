import { sql, type QueryExecutorProvider } from 'kysely'

/** Whoever is purged takes along what they said for a door: found by the person, without reading all records. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create index record_voice_resident on record ((fields->>'resident')) where kind = 'voice'`,
]
