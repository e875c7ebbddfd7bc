import { sql, type QueryExecutorProvider } from 'kysely'

/** What was told, or is to be told, to the address that an operator named: that something waits, and where. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table notification (
    place uuid not null,
    id uuid not null,
    what text not null,
    count integer not null,
    mark bigint not null,
    made_at timestamptz not null,
    tries integer not null,
    status integer,
    sent_at timestamptz,
    given_up_at timestamptz,
    primary key (place, id)
  )`,
]
