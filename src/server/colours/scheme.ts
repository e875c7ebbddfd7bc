import type { Kysely } from 'kysely'
import { rulesAbove } from '../db/rules-above.ts'
import type { Database } from '../db/schema.ts'
import { schemeIn, type SchemeInForce } from './scheme-in.ts'

/** The newest scheme of the nearest place above a stream that has one; else the one the product starts with. */
export async function schemeOf(db: Kysely<Database>, stream: string): Promise<SchemeInForce> {
  const above = await rulesAbove(db, [stream], ['scheme'])
  return schemeIn(above.get(stream) ?? [])
}
