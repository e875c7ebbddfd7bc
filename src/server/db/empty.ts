import { sql, type Kysely, type Transaction } from 'kysely'
import { mayChangeTriggers, oneAfterTheOther } from './distribution.ts'
import type { Database } from './schema.ts'

/** Every table that holds anything of an office: whatever a backup brings must not be there already. */
export const emptied = [
  'notification',
  'ask_nonce',
  'ask_day',
  'ask_photo_piece',
  'ask_photo',
  'ask_addition',
  'ask_request',
  'ask_code',
  'ask_key',
  'hotline_addition',
  'hotline_request',
  'hotline_system',
  'photo_gone',
  'photo_chunk',
  'request_past',
  'help',
  'request_state',
  'snapshot',
  'stream_proof',
  'purge_guard',
  'purge_notice',
  'import_span',
  'course',
  'shift',
  'due_tally',
  'visit_tally',
  'reason_tally',
  'coverage_tally',
  'standing',
  'tally',
  'subject',
  'attempt',
  'device_attempt',
  'sign_in_home',
  'password_choice',
  'second_factor',
  'device_pull',
  'session_pass',
  'session',
  'answer',
  'device',
  'act',
  'late_place',
  'place_rule',
  'account_place',
  'account',
  'audit',
  'change',
  'spent_id',
  'record',
  'stream',
  'place',
] as const

/**
 * Everything of everybody is taken away, the logs too: by the tables' owner alone, for a demo that is to be made anew
 * and for a backup that takes its place. Nobody else can switch off what keeps the logs.
 */
export async function emptyDatabase(db: Kysely<Database>): Promise<void> {
  const empty = async (trx: Transaction<Database>) => {
    await oneAfterTheOther(trx)
    await mayChangeTriggers(trx)
    for (const table of ['audit', 'change', 'act']) {
      await sql`alter table ${sql.table(table)} disable trigger user`.execute(trx)
    }
    await sql`truncate ${sql.join(emptied.map((table) => sql.table(table)))}`.execute(trx)
    for (const table of ['audit', 'change', 'act']) {
      await sql`alter table ${sql.table(table)} enable trigger user`.execute(trx)
    }
  }
  await (db.isTransaction ? empty(db as Transaction<Database>) : db.transaction().execute(empty))
}
