import { sql, type QueryExecutorProvider } from 'kysely'

/**
 * The resident's page: codes on walls by their hash, what was asked by them, in the waiting room or answered for, and
 * what keeps a flood from a stream.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table ask_code (
    hash text primary key,
    stream uuid not null,
    code uuid not null
  )`,
  `create table ask_request (
    place uuid not null,
    id uuid not null,
    code uuid not null,
    stream uuid not null,
    number text not null,
    token_hash text,
    said jsonb,
    said_hash text not null,
    state text not null,
    why text,
    is_proven boolean not null,
    is_counted boolean not null,
    request uuid,
    received_at timestamptz not null,
    decided_at timestamptz,
    decided_by uuid,
    reason text,
    told text,
    primary key (place, id)
  )`,
  `create index ask_request_waiting on ask_request (place, received_at) where state = 'waiting'`,
  `create index ask_request_code on ask_request (place, code, received_at)`,
  `create index ask_request_counted on ask_request (place, received_at) where is_counted`,
  `create index ask_request_token on ask_request (token_hash) where token_hash is not null`,
  `create index ask_request_request on ask_request (request) where request is not null`,
  `create table ask_addition (
    place uuid not null,
    ask uuid not null,
    hash text not null,
    at timestamptz not null,
    words text,
    primary key (place, ask, hash)
  )`,
  `create table ask_nonce (
    salt text primary key,
    until timestamptz not null
  )`,
  `create index ask_nonce_until on ask_nonce (until)`,
  `create table ask_day (
    place uuid not null,
    day date not null,
    count integer not null,
    primary key (place, day)
  )`,
  `create table ask_key (
    id integer primary key,
    key text not null
  )`,
]
