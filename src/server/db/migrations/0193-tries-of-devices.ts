import { sql, type QueryExecutorProvider } from 'kysely'

/**
 * Wrong passwords from a device that its account is known by lie with that device: whoever signs in there asks no machine
 * but the device's and the log's. Those of before are forgotten, which costs a guesser on that device a minute at most.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table device_attempt (
    device uuid not null,
    id uuid not null,
    at timestamptz not null,
    primary key (device, id)
  )`,
  `delete from attempt where key like 'device/%'`,
]
