import { sql, type QueryExecutorProvider } from 'kysely'

/**
 * Sealed chunks of photographs, with their stream. `body` is empty where the chunks lie in a store of their own; what
 * was purged of one stands in `photo_gone` until it is gone from there too.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table photo_chunk (
    stream uuid not null,
    photo uuid not null,
    index integer not null,
    hash text not null,
    size integer not null,
    body bytea,
    at timestamptz not null,
    primary key (stream, photo, index)
  )`,
  // Sealed bytes do not get smaller.
  `alter table photo_chunk alter column body set storage external`,
  `create table photo_gone (
    stream uuid not null,
    hash text not null,
    primary key (stream, hash)
  )`,
]
