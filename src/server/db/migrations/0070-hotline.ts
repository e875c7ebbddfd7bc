import { sql, type QueryExecutorProvider } from 'kysely'

/**
 * Outside systems that hand requests in and ask how they stand, each with a key of which only the hash is here; and
 * what they handed in, in the waiting room until somebody of the office admits it or turns it away.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table hotline_system (
    id uuid primary key,
    name text not null,
    tag text not null unique,
    places uuid[] not null,
    may_write boolean not null,
    key_hash text unique,
    made_at timestamptz not null,
    made_by uuid not null,
    keyed_at timestamptz not null,
    stopped_at timestamptz,
    used_at timestamptz,
    used_day date,
    used_today integer not null default 0,
    refused_today integer not null default 0
  )`,
  `create table hotline_request (
    id uuid primary key,
    system uuid not null references hotline_system (id),
    outside_number text not null,
    number text not null unique,
    place uuid not null,
    service text,
    service_name text,
    said jsonb,
    said_hash text not null,
    asked_at timestamptz not null,
    received_at timestamptz not null,
    state text not null,
    request uuid,
    decided_at timestamptz,
    decided_by uuid,
    reason text,
    told text,
    unique (system, outside_number)
  )`,
  `create index hotline_request_waiting on hotline_request (place, received_at) where state = 'waiting'`,
  `create index hotline_request_day on hotline_request (system, received_at)`,
  `create index hotline_request_request on hotline_request (request) where request is not null`,
  `create table hotline_addition (
    hotline_request uuid not null references hotline_request (id) on delete cascade,
    hash text not null,
    at timestamptz not null,
    words text,
    primary key (hotline_request, hash)
  )`,
]
