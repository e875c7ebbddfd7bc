import { sql, type Kysely } from 'kysely'

/** Places that close, accounts that come and go, and the acts of an office on both. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table stream add column closed_at timestamptz, add column successor uuid references place (id)`,
  `alter table account add column closed_at timestamptz, add column one_time_until timestamptz`,
  `alter table device add column pulled_at timestamptz`,
  // Before this was kept, a pull was what a device was seen for.
  `update device set pulled_at = seen_at`,
  `create table late_place (
    account uuid not null references account (id),
    place uuid not null references place (id),
    role text not null,
    until timestamptz not null,
    primary key (account, place)
  )`,
  `create table act (
    id uuid primary key,
    account uuid not null,
    device uuid not null,
    at timestamptz not null,
    act text not null,
    subject uuid not null,
    details jsonb not null
  )`,
  `create index act_subject on act (subject, at)`,
]
