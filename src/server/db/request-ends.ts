/** When requests ended: what the retention of a request, and of who asked, runs from. */
import { sql, type Kysely } from 'kysely'
import { listOf } from './place-tree.ts'
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
  const { rows } = await sql<EndedRecord & { into: string | null }>`
    select record.id, record.kind,
      to_char(coalesce(state.closed_at, (step.fields->>'received')::timestamptz) at time zone 'UTC',
        'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as said,
      merge.fields->>'into' as into
    from request_state as state
    left join record as step on step.stream = state.stream and step.id = state.last_step
    join record on record.stream = state.stream and not record.removed and record.kind = ${kind}
      and ${kind === 'request' ? sql`record.id = state.request` : sql`record.parent = state.request`}
    left join record as merge on state.state = 'merged' and merge.stream = state.stream
      and merge.parent = state.request and merge.kind = 'request-step'
      and merge.fields->>'step' = 'merge'
    where state.stream = ${stream}::uuid and not state.is_open
      and coalesce(state.closed_at, (step.fields->>'received')::timestamptz)
        ${'before' in which ? sql`< ${which.before}::timestamptz` : sql`is not null`}
      ${'before' in which ? sql`` : sql`and record.id = any(${sql.val([...which.records])}::uuid[])`}
    order by record.id`.execute(db)
  const open = await openAmong(
    db,
    rows.flatMap(({ into }) => (into === null ? [] : [into])),
  )
  const waiting = new Set(rows.flatMap(({ id, into }) => (into && open.has(into) ? [id] : [])))
  const ended = new Map(rows.map(({ into: _, ...row }) => [row.id, row]))
  return [...ended.values()].filter(({ id }) => !waiting.has(id))
}

/** What a request was merged into may stand in another grid by now. */
async function openAmong(
  db: Kysely<Database>,
  requests: readonly string[],
): Promise<ReadonlySet<string>> {
  if (requests.length === 0) return new Set()
  const { rows } = await sql<{ request: string }>`
    select request from request_state where request = ${listOf(requests)} and is_open`.execute(db)
  return new Set(rows.map(({ request }) => request))
}
