import { sql, type QueryExecutorProvider } from 'kysely'

/** Several servers on one database: what one tells the others, and which of them does what runs by itself. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table news (
    id bigint generated always as identity primary key,
    server text not null,
    at timestamptz not null default clock_timestamp(),
    body jsonb not null
  )`,
  `create index news_at on news (at)`,
  `create table lease (
    name text primary key,
    holder text not null,
    until timestamptz not null
  )`,
]
