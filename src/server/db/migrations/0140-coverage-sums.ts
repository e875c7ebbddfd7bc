import { sql, type QueryExecutorProvider } from 'kysely'

/** Beside the months of a place their sum, so that a figure is read from two rows. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `insert into coverage_tally (stream, month, n)
    select stream, 'all', sum(n)::int from coverage_tally group by stream`,
]
