import { sql, type Kysely } from 'kysely'

/** What devices say of themselves, and stored snapshots. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table device add column report jsonb`,
  `create index device_account on device (account)`,
  `create index record_removed on record (stream, version) where removed`,
  // A stream's pages as a first pull gets them, deflated; parts in order, all of one version.
  `create table snapshot (
    stream uuid not null,
    part integer not null,
    epoch integer not null,
    version bigint not null,
    made_at timestamptz not null,
    size integer not null,
    crc bigint not null,
    body bytea not null,
    primary key (stream, part)
  )`,
]
