/** The log of one record, as a person may read it. */
import { sql, type Kysely } from 'kysely'
import type { Kind } from '#domain/record.ts'
import type { WireChange } from '#protocol/pull.ts'
import type { Database } from './schema.ts'

/** More than anybody reads; the newest come first. */
const mostChanges = 500

/** Of a change: nothing that its device said of when it was made can be true (`ledger/moments.ts`). */
export const takenFromReceipt = sql<boolean>`corrected_at::timestamptz = received_at and at <> corrected_at`

/** Patches and removals of a record of some kinds, newest first; what a removal took away is not told. */
export async function loadHistory(
  db: Kysely<Database>,
  stream: string,
  record: string,
  kinds: readonly Kind[],
): Promise<WireChange[]> {
  const rows = await db
    .selectFrom('change')
    .select(['id', 'record', 'version', 'op', 'corrected_at', 'account', 'fields'])
    .select(sql<string | null>`case when ${takenFromReceipt} then at end`.as('said'))
    .where('stream', '=', stream)
    .where('record', '=', record)
    .where('kind', '=', sql<string>`any(${sql.val([...kinds])}::text[])`)
    .where('op', 'in', ['patch', 'remove'])
    .orderBy('version', 'desc')
    // What a record brought along from another stream has the version of its move.
    .orderBy('corrected_at', 'desc')
    .limit(mostChanges)
    .execute()
  return rows.map(({ op, corrected_at, said, account, fields, ...row }) => ({
    ...row,
    ...(said === null ? {} : { saidAt: said }),
    op: op === 'remove' ? 'remove' : 'patch',
    at: corrected_at,
    by: account,
    fields: op === 'remove' ? {} : (fields as WireChange['fields']),
  }))
}
