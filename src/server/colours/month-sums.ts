/**
 * Beside the months of a place stands their sum, so that a figure is read from two rows. A server of before knows nothing
 * of it: while one is still at work beside a new one, months move and their sum does not. The calendar's round finds
 * where the two differ and says the sum anew.
 */
import { sql, type Kysely, type Transaction } from 'kysely'
import { allMonths } from '../db/overview.ts'
import type { Database } from '../db/schema.ts'
import { lockStreams } from '../db/streams.ts'
import { transact } from '../db/transact.ts'

/** Returns the streams whose sum was another than that of their months. */
export async function mendMonthSums(db: Kysely<Database>): Promise<readonly string[]> {
  const { rows } = await sql<{ stream: string }>`
    select stream from coverage_tally group by stream
    having coalesce(sum(n) filter (where month <> ${allMonths}), 0)
      <> coalesce(sum(n) filter (where month = ${allMonths}), 0)
    order by stream`.execute(db)
  for (const { stream } of rows) {
    await transact(db, async (trx) => {
      // Whoever counts holds this lock: nothing is counted between reading and writing.
      await lockStreams(trx, [stream])
      await writeSum(trx, stream)
    })
  }
  return rows.map(({ stream }) => stream)
}

async function writeSum(trx: Transaction<Database>, stream: string): Promise<void> {
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum(n), 0)::int as n from coverage_tally
    where stream = ${stream} and month <> ${allMonths}`.execute(trx)
  const n = rows[0]?.n ?? 0
  await sql`
    insert into coverage_tally (stream, month, n) values (${stream}::uuid, ${allMonths}, ${n})
    on conflict (stream, month) do update set n = excluded.n`.execute(trx)
}
