/**
 * How many visits each grid had on a day, by how they ended: moved in the transaction that writes the visits, whoever
 * writes them, so that nobody counts visits to tell how a week goes.
 */
import { sql, type Transaction } from 'kysely'
import { instantToDay } from '#domain/day.ts'
import { listOf } from './place-tree.ts'
import type { RecordRow } from './record-row.ts'
import type { Database } from './schema.ts'

interface Known {
  readonly stream: string
  readonly id: string
  readonly outcome: string | null
  readonly at: string | null
}

/** To be called before the rows are written: what a visit counted for is read as it still stands, or known. */
export async function moveVisits(
  trx: Transaction<Database>,
  records: readonly RecordRow[],
  before?: ReadonlyMap<string, RecordRow>,
): Promise<void> {
  const visits = records.filter(({ kind }) => kind === 'visit')
  if (visits.length === 0) return
  const counts = new Map<string, number>()
  const count = (stream: string, at: unknown, outcome: unknown, by: number) => {
    if (typeof at !== 'string' || typeof outcome !== 'string') return
    const key = [stream, instantToDay(at), outcome].join('/')
    counts.set(key, (counts.get(key) ?? 0) + by)
  }
  for (const { stream, outcome, at } of before
    ? known(before, visits)
    : await standing(trx, visits))
    count(stream, at, outcome, -1)
  for (const { stream, fields, removed } of visits) {
    if (!removed) count(stream, fields['at'], fields['outcome'], 1)
  }
  const rows = [...counts].flatMap(([key, n]) => {
    const [stream, day, outcome] = key.split('/')
    return n === 0 ? [] : [{ stream, day, outcome, n }]
  })
  if (rows.length === 0) return
  await sql`
    insert into visit_tally (stream, day, outcome, n)
    select stream, day, outcome, n from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      stream uuid, day text, outcome text, n integer
    )
    on conflict (stream, day, outcome) do update set n = visit_tally.n + excluded.n`.execute(trx)
}

function known(
  before: ReadonlyMap<string, RecordRow>,
  visits: readonly RecordRow[],
): readonly { stream: string; at: unknown; outcome: unknown }[] {
  return visits.flatMap(({ stream, id }) => {
    const row = before.get(`${stream}/${id}`)
    return row && !row.removed
      ? [{ stream, at: row.fields['at'], outcome: row.fields['outcome'] }]
      : []
  })
}

async function standing(
  trx: Transaction<Database>,
  visits: readonly RecordRow[],
): Promise<readonly Known[]> {
  const keys = visits.map(({ stream, id }) => ({ stream, id }))
  const { rows } = await sql<Known>`
    select record.stream, record.id, record.fields->>'outcome' as outcome, record.fields->>'at' as at
    from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as key (stream uuid, id uuid)
    join record on record.stream = key.stream and record.id = key.id
    where record.stream = ${listOf(visits.map(({ stream }) => stream))} and not record.removed`.execute(
    trx,
  )
  return rows
}
