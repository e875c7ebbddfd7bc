import { sql, type Kysely } from 'kysely'

/**
 * Sign-in: where an account is at home, whose choice of a password was not heard, second factors, and which places a
 * device has pulled.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // Login and address together, hashed: both are nobody's business.
  `create table sign_in_home (
    key text primary key,
    at timestamptz not null
  )`,
  `create index sign_in_home_at on sign_in_home (at)`,
  // Under which id of its own a device chose a password last: asked again, it has not to guess.
  `create table password_choice (
    account uuid primary key references account (id),
    device uuid not null,
    attempt text not null,
    at timestamptz not null
  )`,
  // RFC 6238; the secret in base32. Not confirmed: shown once, and not yet asked for.
  `create table second_factor (
    account uuid primary key references account (id),
    secret text not null,
    made_at timestamptz not null,
    confirmed_at timestamptz,
    last_step bigint not null default 0,
    recovery jsonb not null default '[]'
  )`,
  // Held: the device has shown a cursor of it, so that it asks from nothing only where it lost what it had.
  `create table device_pull (
    device uuid not null,
    stream uuid not null,
    at timestamptz not null,
    held boolean not null,
    primary key (device, stream)
  )`,
]
