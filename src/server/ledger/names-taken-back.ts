/**
 * A giver who does not want to be named any more is named nowhere any more, also not in the log: when the name goes from
 * the record, by a patch or with the record itself, the line that says what it was is emptied in the same transaction.
 * There is no other: what a record was made with stands in the record alone, and a name is never patched but away.
 */
import type { Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'
import { keyOf } from './draft.ts'
import type { Plan } from './plan.ts'
import { emptyLog } from './purge.ts'

/** After the plan was written; its streams are locked. `now`: milliseconds, of the server. */
export async function forgetNames(
  trx: Transaction<Database>,
  { changes, written }: Pick<Plan, 'changes' | 'written'>,
  now: number,
): Promise<void> {
  const gone = changes.flatMap(({ stream, mutation: { kind, op, record } }) => {
    const row =
      kind === 'fund-giver' && op !== 'create' ? written.get(keyOf(stream, record)) : undefined
    return row && (row.removed || !row.fields['name']) ? [row] : []
  })
  if (gone.length === 0) return
  const streams = [...new Set(gone.map(({ stream }) => stream))].sort()
  await emptyLog(trx, gone, streams, 'name-taken-back', now)
}
