import { sql, type Kysely } from 'kysely'

/** Everything of the first landing. Plain SQL, as every engine of the family reads it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table place (id uuid primary key, parent uuid references place (id))`,
  `create table stream (
    id uuid primary key references place (id),
    epoch integer not null,
    head bigint not null,
    floor bigint not null
  )`,
  `create table record (
    stream uuid not null,
    id uuid not null,
    kind text not null,
    parent uuid,
    version bigint not null,
    fields jsonb not null,
    created jsonb not null,
    marks jsonb not null,
    removed boolean not null default false,
    at text,
    by uuid,
    primary key (stream, id)
  )`,
  `create unique index record_version on record (stream, version)`,
  `create index record_parent on record (stream, parent)`,
  `create index record_scheme on record (stream, version) where kind = 'scheme'`,
  `create table change (
    stream uuid not null,
    id uuid not null,
    version bigint not null,
    kind text not null,
    record uuid not null,
    op text not null,
    device uuid not null,
    seq bigint not null,
    batch uuid,
    account uuid not null,
    at text not null,
    corrected_at text not null,
    received_at timestamptz not null,
    fields jsonb not null,
    primary key (stream, id)
  )`,
  `create index change_version on change (stream, version)`,
  `create index change_record on change (stream, record, version)`,
  `create table account (
    id uuid primary key,
    login text not null unique,
    name text not null,
    role text not null,
    password text not null,
    closed boolean not null default false
  )`,
  `create table account_place (
    account uuid not null references account (id),
    place uuid not null references place (id),
    primary key (account, place)
  )`,
  `create table device (
    id uuid primary key,
    account uuid not null references account (id),
    name text not null,
    key text not null,
    last_seq bigint not null,
    skew_ms integer,
    seen_at timestamptz not null,
    revoked_at timestamptz
  )`,
  `create table answer (
    device uuid not null,
    seq bigint not null,
    mutation uuid not null,
    receipt jsonb not null,
    primary key (device, seq)
  )`,
  `create table session (
    hash text primary key,
    account uuid not null references account (id),
    device uuid not null references device (id),
    created_at timestamptz not null,
    expires_at timestamptz not null
  )`,
  `create table attempt (
    id uuid not null,
    key text not null,
    at timestamptz not null,
    primary key (id, key)
  )`,
  `create index attempt_key on attempt (key, at)`,
  `create table subject (
    stream uuid not null,
    id uuid not null,
    kind text not null,
    colour text not null,
    residence text not null,
    rules text not null,
    until text,
    primary key (stream, id)
  )`,
  `create index subject_until on subject (until) where until is not null`,
  `create table tally (
    stream uuid not null,
    kind text not null,
    colour text not null,
    residence text not null,
    n integer not null,
    primary key (stream, kind, colour, residence)
  )`,
]
