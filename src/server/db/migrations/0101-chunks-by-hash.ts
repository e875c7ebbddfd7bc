import { sql, type QueryExecutorProvider } from 'kysely'

/** Whether any row names a chunk that lies beside the database: the sweep of such a store asks for each. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql
    .raw(`create index photo_chunk_hash on photo_chunk (hash) where body is null`)
    .execute(db)
}
