/** Goes through the account of every fund: the first entry of which anything was changed is a fault. */
import { sql, type Kysely } from 'kysely'
import { firstBroken } from '#domain/funds/chain.ts'
import { readLedger } from './ask-fund.ts'
import { hashOfText } from './hashing-text.ts'
import type { Database } from './schema.ts'

export async function brokenFunds(
  db: Kysely<Database>,
): Promise<{ readonly stream: string; readonly fund: string; readonly no: number }[]> {
  const { rows } = await sql<{ stream: string; id: string }>`
    select stream, id from record where kind = 'fund' and not removed order by stream, id`.execute(
    db,
  )
  const faults: { stream: string; fund: string; no: number }[] = []
  for (const { stream, id } of rows) {
    const { ledger } = await readLedger(db, stream, id)
    const no = await firstBroken(id, ledger, hashOfText)
    if (no !== null) faults.push({ stream, fund: id, no })
  }
  return faults
}
