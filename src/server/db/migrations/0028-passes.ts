import { sql, type QueryExecutorProvider } from 'kysely'

/** What runs by itself leaves a line: when, how long, and when it last went well. And a row to try a write on. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table pass (
    name text primary key,
    at timestamptz not null,
    good_at timestamptz,
    ms integer not null,
    facts jsonb not null
  )`,
  `create table write_probe (id integer primary key, at timestamptz not null)`,
]
