import { sql, type QueryExecutorProvider } from 'kysely'

/**
 * Whom a request is about or from, and what it says of them to a colour; before, one resident alone was named. Open
 * requests are counted anew by the next round. A subject is found by its id alone, in whatever grid it stands.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table request_state drop column resident`,
  `alter table request_state add column residents uuid[] not null default '{}'`,
  `alter table request_state add column is_help boolean not null default false`,
  `alter table request_state add column unmet_on text`,
  `update request_state set rules = ''`,
  `create index request_state_help on request_state using gin (residents) where is_help`,
  `create index subject_by_id on subject (id)`,
]
