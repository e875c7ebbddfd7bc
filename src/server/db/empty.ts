import { sql, type Kysely, type Transaction } from 'kysely'
import type { Database } from './schema.ts'

/**
 * Everything of everybody is taken away, the logs too: by the tables' owner alone, for a demo that is to be made anew
 * and for a backup that takes its place. Nobody else can switch off what keeps the logs.
 */
export async function emptyDatabase(db: Kysely<Database>): Promise<void> {
  const empty = async (trx: Transaction<Database>) => {
    for (const table of ['audit', 'change']) {
      await sql`alter table ${sql.table(table)} disable trigger user`.execute(trx)
    }
    await sql`truncate snapshot, import_span, course, shift, due_tally, standing, tally, subject, attempt, session, answer, device, act, late_place, account_place, account,
      audit, change, record, stream, place`.execute(trx)
    for (const table of ['audit', 'change']) {
      await sql`alter table ${sql.table(table)} enable trigger user`.execute(trx)
    }
  }
  await (db.isTransaction ? empty(db as Transaction<Database>) : db.transaction().execute(empty))
}
