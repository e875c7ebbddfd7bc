import { sql, type QueryExecutorProvider } from 'kysely'

/** A topic whose time is over takes along what doors said to it: found by the topic, without reading all records. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create index record_voice_topic on record ((fields->>'topic')) where kind = 'voice'`,
]
