import { sql, type QueryExecutorProvider } from 'kysely'

/** Whether a lease ran out is held against the moment of the offer, which stands in its row. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`alter table lease add column taken_at timestamptz`.execute(db)
}
