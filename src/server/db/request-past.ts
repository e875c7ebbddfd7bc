/**
 * The months of requests, those that were purged among them: what is counted of a request stays where the request goes,
 * as a number of its place, kind and month.
 */
import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely'
import type { Day } from '#domain/day.ts'
import { leastTold } from '#domain/small-cells.ts'
import type { RequestOverview } from '#protocol/requests.ts'
import { listOf } from './place-tree.ts'
import type { Database } from './schema.ts'

const nobody = '00000000-0000-0000-0000-000000000000'
/** Two years of them, as long as requests are kept where the office says nothing else. */
const monthsBack = 24

/** Of a row of `request_state` by the month in which it came: everything but its closing, which has a month of its own. */
const monthOf = (moment: RawBuilder<unknown>) =>
  sql<string>`to_char(${moment} at time zone 'Asia/Shanghai', 'YYYY-MM')`

/** A line for the month in which each came and one for that in which it was closed. */
function lines(which: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select stream, ${monthOf(sql`submitted_at`)} as month, item, item_name as name, 1 as came, 0 as closed,
      (in_time is not null)::integer as answered, coalesce(in_time, false)::integer as timely,
      (solved is not null)::integer as said, coalesce(solved, false)::integer as solved,
      (content is not null)::integer as rated,
      coalesce(content = 'content', false)::integer as content
    from request_state where submitted_at is not null and ${which}
    union all
    select stream, ${monthOf(sql`closed_at`)}, item, item_name, 0, 1, 0, 0, 0, 0, 0, 0
    from request_state where closed_at is not null and ${which}`
}

const sums = sql`sum(came)::integer as came, sum(closed)::integer as closed,
  sum(answered)::integer as answered, sum(timely)::integer as timely, sum(said)::integer as said,
  sum(solved)::integer as solved, sum(rated)::integer as rated, sum(content)::integer as content`

/** Before requests are purged, in the same transaction. */
export async function keepPast(
  trx: Transaction<Database>,
  requests: readonly { readonly stream: string; readonly id: string }[],
): Promise<void> {
  if (requests.length === 0) return
  const which = sql`stream = ${listOf(requests.map(({ stream }) => stream))} and (stream, request) in (
    select stream, id from jsonb_to_recordset(${JSON.stringify(requests)}::jsonb)
      as gone (stream uuid, id uuid)
  )`
  await sql`
    insert into request_past as past (stream, month, item, name, came, closed, answered, timely, said,
      solved, rated, content)
    select stream, month, coalesce(item, ${nobody}::uuid), max(name), ${sums}
    from (${lines(which)}) as line group by 1, 2, 3
    on conflict (stream, month, item) do update set
      name = coalesce(excluded.name, past.name), came = past.came + excluded.came, closed = past.closed + excluded.closed,
      answered = past.answered + excluded.answered, timely = past.timely + excluded.timely,
      said = past.said + excluded.said, solved = past.solved + excluded.solved,
      rated = past.rated + excluded.rated, content = past.content + excluded.content`.execute(trx)
}

interface Summed {
  readonly came: number
  readonly closed: number
  readonly answered: number
  readonly timely: number
  readonly said: number
  readonly solved: number
  readonly rated: number
  readonly content: number
}

/** Of some streams since a month, also what was purged meanwhile. */
const since = (streams: readonly string[], month: string) => {
  const of = sql`stream = any(${sql.val([...streams])}::uuid[])`
  return sql`(
    select * from (
      ${lines(of)}
      union all
      select stream, month, nullif(item, ${nobody}::uuid), name, came, closed, answered, timely,
        said, solved, rated, content
      from request_past where ${of}
    ) as line where month >= ${month}
  ) as line`
}

/** Months, the newest first, and kinds, the most frequent first, of two years. Rates of enough answers alone. */
export async function readPast(
  db: Kysely<Database>,
  streams: readonly string[],
  day: Day,
): Promise<Required<Pick<RequestOverview, 'months' | 'kinds'>>> {
  const from = since(streams, monthBefore(day, monthsBack - 1))
  const months = await sql<Summed & { month: string }>`
    select month, ${sums} from ${from} group by month order by month desc`.execute(db)
  const kinds = await sql<Summed & { item: string | null; name: string | null }>`
    select item, max(name) as name, ${sums} from ${from} group by item
    order by sum(came) desc, item`.execute(db)
  return {
    months: months.rows.map(({ month, ...row }) => ({ month, ...told(row) })),
    kinds: kinds.rows.map(({ item, name, ...row }) => ({ item, name, ...told(row) })),
  }
}

function told({ came, closed, answered, timely, said, solved, rated, content }: Summed) {
  const rate = (part: number, whole: number) =>
    whole < leastTold ? null : Math.round((100 * part) / whole)
  return {
    ...{ came, closed, inTime: rate(timely, answered) },
    ...{ solved: rate(solved, said), content: rate(content, rated) },
  }
}

function monthBefore(day: Day, months: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number)
  const at = year * 12 + month - 1 - months
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
}
