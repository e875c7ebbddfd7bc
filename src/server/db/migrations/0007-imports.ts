import { sql, type Kysely } from 'kysely'

/** Which versions of a stream an import wrote: for taking it back, and against two imports of the same people. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table import_span (
    stream uuid not null,
    import uuid not null,
    from_version bigint not null,
    to_version bigint not null,
    undone boolean not null default false,
    primary key (stream, import)
  )`,
  `create index record_import on record (stream, id) where kind = 'import'`,
  `create index change_batch on change (stream, batch) where batch is not null`,
]
