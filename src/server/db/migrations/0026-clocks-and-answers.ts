import { sql, type QueryExecutorProvider } from 'kysely'

/** Clocks that are years off fit as they are; first answers say when they were given, so that they can go in time. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table device alter column skew_ms type bigint`,
  `alter table answer add column given_at timestamptz not null default now()`,
  `create index answer_given_at on answer (given_at)`,
]
