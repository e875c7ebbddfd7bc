import { sql, type QueryExecutorProvider } from 'kysely'

/**
 * What requests that were purged leave behind: how many of a kind came and were closed in a month of a place, and how
 * they were answered. No request, no person, no day.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // Of no kind: the nil id, so that a row is found again.
  `create table request_past (
    stream uuid not null,
    month text not null,
    item uuid not null,
    name text,
    came integer not null default 0,
    closed integer not null default 0,
    answered integer not null default 0,
    timely integer not null default 0,
    said integer not null default 0,
    solved integer not null default 0,
    rated integer not null default 0,
    content integer not null default 0,
    primary key (stream, month, item)
  )`,
]
