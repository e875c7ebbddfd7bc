/** Writes a plan: records, log, copied histories, colours and tallies, and the heads of the streams that it moved. */
import type { Transaction } from 'kysely'
import { colourTouched } from '../colours/touched.ts'
import { writeRecords, type RecordRow } from '../db/records.ts'
import type { Database } from '../db/schema.ts'
import { raiseHeads } from '../db/proofs.ts'
import type { Plan } from './plan.ts'
import { writeLog, type LogContext } from './log.ts'
import { copyHistory } from './write.ts'

/** `before`: the records as they were when it was planned. */
export async function carryOut(
  trx: Transaction<Database>,
  plan: Plan,
  before: ReadonlyMap<string, RecordRow>,
  context: LogContext & { readonly ids: () => string },
): Promise<void> {
  await writeRecords(trx, [...plan.written.values()])
  await writeLog(trx, plan, context)
  await copyHistory(trx, plan.moved)
  const heads = await colourTouched(trx, before, plan.written, plan.heads, context)
  await raiseHeads(trx, heads)
}
