import { sql, type QueryExecutorProvider } from 'kysely'

/**
 * Photographs of residents before they stand in a stream: they come piece by piece after the words, and lie with their
 * community. `ask` is what was asked, or a request that no page wrote.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table ask_photo (
    place uuid not null,
    ask uuid not null,
    sha256 text not null,
    code uuid,
    bytes integer not null,
    width integer not null,
    height integer not null,
    thumbnail text not null,
    at timestamptz not null,
    arrived_at timestamptz,
    photo uuid,
    token_hash text not null,
    primary key (place, ask, sha256)
  )`,
  `create index ask_photo_waiting on ask_photo (place, at) where photo is null`,
  `create index ask_photo_code on ask_photo (place, code, at)`,
  `create table ask_photo_piece (
    place uuid not null,
    ask uuid not null,
    sha256 text not null,
    index integer not null,
    body bytea not null,
    primary key (place, ask, sha256, index)
  )`,
  `alter table ask_photo_piece alter column body set storage external`,
]
