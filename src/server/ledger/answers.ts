/** First answers: what a device was told of each number, so that a repeated push is told the same. */
import { sql, type Kysely, type Transaction } from 'kysely'
import type { Receipt } from '#protocol/mutation.ts'
import { listOf } from '../db/place-tree.ts'
import type { Database } from '../db/schema.ts'
import { keyOf } from './draft.ts'

/** What a device was told, and when, in milliseconds. */
export interface Answered {
  readonly device: string
  readonly receipts: readonly Receipt[]
  readonly now: number
}

/** Of some devices in one statement. */
export async function writeAnswers(
  trx: Transaction<Database>,
  answered: readonly Answered[],
): Promise<void> {
  const rows = answered.flatMap(({ device, receipts, now }) =>
    receipts.map((receipt) => ({
      ...{ device, seq: receipt.seq, mutation: receipt.id, receipt },
      given_at: new Date(now).toISOString(),
    })),
  )
  if (rows.length === 0) return
  await sql`
    insert into answer (device, seq, mutation, receipt, given_at)
    select device, seq, mutation, receipt, given_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      device uuid, seq bigint, mutation uuid, receipt jsonb, given_at timestamptz
    )`.execute(trx)
}

/** A device keeps delivered work for 30 days and is set anew after 180: older answers nobody asks for. */
export const answerDays = 180
const mostAtOnce = 10_000

/** Drops first answers whose time is over, in pieces that hold up no push. Returns how many went. */
export async function purgeAnswers(db: Kysely<Database>, now: number): Promise<number> {
  const before = new Date(now - answerDays * 86_400_000).toISOString()
  let purged = 0
  for (;;) {
    // Some at a time, device by device: each has its answers at one place.
    const { rows } = await sql<{ device: string; seq: number }>`
      select device, seq from answer where given_at < ${before}::timestamptz
      limit ${mostAtOnce}`.execute(db)
    for (const device of new Set(rows.map((row) => row.device))) {
      const seqs = rows.filter((row) => row.device === device).map(({ seq }) => seq)
      await sql`
        delete from answer
        where device = ${device} and seq = any(${sql.val(seqs)}::bigint[])`.execute(db)
    }
    purged += rows.length
    if (rows.length < mostAtOnce) return purged
  }
}

/** The first answers to mutations that this device pushed before, by seq. */
export async function loadAnswers(
  trx: Transaction<Database>,
  device: string,
  seqs: readonly number[],
): Promise<Map<number, { readonly mutation: string; readonly receipt: Receipt }>> {
  if (seqs.length === 0) return new Map()
  const rows = await trx
    .selectFrom('answer')
    .select(['seq', 'mutation', 'receipt'])
    .where('device', '=', device)
    .where('seq', 'in', [...seqs])
    .execute()
  return new Map(rows.map((row) => [row.seq, row]))
}

/** Which of some mutations were applied to these streams before, with the version that each led to. */
export async function loadApplied(
  trx: Transaction<Database>,
  streams: readonly string[],
  mutations: readonly string[],
): Promise<Map<string, number>> {
  if (streams.length === 0 || mutations.length === 0) return new Map()
  const rows = await trx
    .selectFrom('change')
    .select(['stream', 'id', 'version'])
    .where('stream', '=', listOf(streams))
    .where('id', '=', sql<string>`any(${sql.val([...mutations])}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [keyOf(row.stream, row.id), row.version]))
}
