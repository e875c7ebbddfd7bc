import { sql, type QueryExecutorProvider } from 'kysely'

/**
 * A line of the course says up to which version of its place's stream it was counted: the course then looks at those
 * alone in which something came since. Lines of before say none, and are counted anew once.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql.raw('alter table course add column head bigint not null default 0').execute(db)
}
