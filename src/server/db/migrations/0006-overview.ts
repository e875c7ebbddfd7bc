import { sql, type Kysely } from 'kysely'

/** When each household is due, what changed each day and why, and how the counts of each week were. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // Of households alone: the last day on which a call is in time.
  `alter table subject add column due text`,
  // What is kept of each subject has grown: streams that were filled before are gone through once more.
  `alter table stream add column coloured_with integer not null default 0`,
  `create table due_tally (
    stream uuid not null,
    day text not null,
    n integer not null,
    primary key (stream, day)
  )`,
  `create table shift (
    stream uuid not null,
    day text not null,
    kind text not null,
    before text not null,
    after text not null,
    cause text not null,
    reason text not null,
    n integer not null,
    primary key (stream, day, kind, before, after, cause, reason)
  )`,
  // Of every place, not of grids alone: how the subdistrict was is read in as few rows as how a grid was.
  `create table course (
    stream uuid not null,
    week text not null,
    day text not null,
    residents jsonb not null,
    dwellings jsonb not null,
    calls integer not null,
    overdue integer not null,
    primary key (stream, week)
  )`,
]
