import { sql, type QueryExecutorProvider } from 'kysely'

/**
 * How each request stands, in one row beside its steps: for lists and counts of those who do not hold them, and for
 * the calendar's round. Written with the steps, so it is never another truth than theirs.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table request_state (
    stream uuid not null,
    request uuid not null,
    number text not null,
    item uuid,
    item_name text,
    source text not null,
    building uuid,
    resident uuid,
    state text not null,
    is_open boolean not null,
    round integer not null,
    level text not null,
    unit uuid,
    asks text[] not null,
    submitted_at timestamptz,
    promise timestamptz,
    is_provisional boolean not null,
    is_paused boolean not null,
    due timestamptz,
    in_time boolean,
    supervision integer,
    closed_at timestamptz,
    ending text,
    solved boolean,
    content text,
    last_step uuid,
    next_at timestamptz,
    rules text not null,
    primary key (stream, request)
  )`,
  `create index request_state_next on request_state (next_at) where next_at is not null`,
  `create index request_state_open on request_state (stream, promise) where is_open`,
  `create index request_state_day on request_state (stream, submitted_at)`,
  `create index request_state_request on request_state (request)`,
]
