import { sql, type QueryExecutorProvider } from 'kysely'

/**
 * Requests of help once more, on every machine of an engine that has several: a colour knows of them in whatever grid
 * they stand, and a push asks no other machine for them. They are few, and written when help is asked for or ends.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table help (
    stream uuid not null,
    request uuid not null,
    number text not null,
    residents uuid[] not null,
    is_open boolean not null,
    unmet_on text,
    look_again uuid[] not null,
    primary key (stream, request)
  )`,
  `create index help_residents on help using gin (residents)`,
  `create index help_looked_at on help (request) where look_again <> '{}'`,
  `insert into help (stream, request, number, residents, is_open, unmet_on, look_again)
    select stream, request, number, residents, is_open, unmet_on, '{}' from request_state where is_help`,
]
