import { sql, type QueryExecutorProvider } from 'kysely'

/** Topics, their steps and meetings are few among many records: the round that counts voices finds them by themselves. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create index record_topic on record (stream, kind)
    where kind in ('topic', 'topic-step', 'meeting') and not removed`,
]
