import { sql, type QueryExecutorProvider } from 'kysely'

/**
 * Whom coverage means, and the month in which each was met last. Nothing is filled here: the rules that say it are the
 * program's, which goes through every stream once after this (`edition` in `colours/fill.ts`).
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table subject add column met text`,
  `create table coverage_tally (
    stream uuid not null,
    month text not null,
    n integer not null,
    primary key (stream, month)
  )`,
]
