/** Histories that go along with moved records. One statement a journey, whatever the number of records. */
import { sql, type Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { MovedRecord } from './draft.ts'

/**
 * The log of a record that moved is copied into its new stream, so that whoever sees the record there sees its history;
 * the old stream's log stays as it was, and its audit chain covers it. In the order of the moves: a record may go on from where it came to.
 */
export async function copyHistory(
  trx: Transaction<Database>,
  moved: readonly MovedRecord[],
): Promise<void> {
  for (const { from, to, rows } of journeysOf(moved)) {
    await sql`
      insert into change (stream, id, version, kind, record, op, device, seq, batch, account, at,
        corrected_at, received_at, fields, salt, commitment)
      select ${to}::uuid, id, row.version, kind, change.record, op, device, seq, batch, account, at,
        corrected_at, received_at, fields, salt, commitment
      from change
      join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (record uuid, version bigint)
        on row.record = change.record
      where change.stream = ${from}::uuid and op <> 'leave'
      on conflict (stream, id) do nothing`.execute(trx)
  }
}

/** What went the same way one after the other. */
function journeysOf(moved: readonly MovedRecord[]) {
  const journeys: { from: string; to: string; rows: { record: string; version: number }[] }[] = []
  for (const { from, to, record, version } of moved) {
    const last = journeys.at(-1)
    if (last?.from === from && last.to === to) last.rows.push({ record, version })
    else journeys.push({ from, to, rows: [{ record, version }] })
  }
  return journeys
}
