import { sql, type QueryExecutorProvider } from 'kysely'

/** What is purged next stands on a list first; and each office counts the days on which it stood there. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table purge_notice (
    stream uuid not null,
    record uuid not null,
    kind text not null,
    rule text not null,
    day text not null,
    received text,
    due text not null,
    listed_on text not null,
    listed_run integer not null,
    kept_on text,
    kept_by uuid,
    primary key (stream, record)
  )`,
  `create index purge_notice_due on purge_notice (stream, rule, due)`,
  `create table purge_guard (
    stream uuid primary key,
    run integer not null,
    run_day text not null,
    last_at timestamptz not null,
    purged jsonb not null,
    held jsonb,
    first_by uuid,
    second_by uuid
  )`,
]
