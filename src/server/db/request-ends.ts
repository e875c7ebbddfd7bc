/** When requests ended: what the retention of a request, and of who asked, runs from. */
import { sql, type Kysely } from 'kysely'
import type { Database } from './schema.ts'

export interface EndedRecord {
  readonly id: string
  readonly kind: string
  /** ISO 8601 UTC: the moment of closing; of what was withdrawn, called invalid or merged, that of its last step. */
  readonly said: string
}

/**
 * Requests of a stream that ended, or who asked for them. `before`: those that ended before that moment, ISO 8601 UTC;
 * `records`: those among these ids. What was merged stays for as long as the request that it became is open.
 */
export async function endedRecords(
  db: Kysely<Database>,
  stream: string,
  kind: 'request' | 'asker',
  which: { readonly before: string } | { readonly records: readonly string[] },
): Promise<readonly EndedRecord[]> {
  const { rows } = await sql<EndedRecord>`
    select record.id, record.kind,
      to_char(ended.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as said
    from request_state as state
    cross join lateral (
      select coalesce(state.closed_at, (step.fields->>'received')::timestamptz) as at
      from record as step where step.stream = state.stream and step.id = state.last_step
    ) as ended
    join record on record.stream = state.stream and not record.removed and record.kind = ${kind}
      and ${kind === 'request' ? sql`record.id = state.request` : sql`record.parent = state.request`}
    where state.stream = ${stream}::uuid and not state.is_open and ended.at is not null
      and ${
        'before' in which
          ? sql`ended.at < ${which.before}::timestamptz`
          : sql`record.id = any(${sql.val([...which.records])}::uuid[])`
      }
      and not exists (
        select from record as merge
        join request_state as survivor
          on survivor.request = (merge.fields->>'into')::uuid and survivor.is_open
        where state.state = 'merged' and merge.stream = state.stream
          and merge.parent = state.request and merge.kind = 'request-step'
          and merge.fields->>'step' = 'merge'
      )
    order by record.id`.execute(db)
  return rows
}
