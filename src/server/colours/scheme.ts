import type { Kysely } from 'kysely'
import { rulesAbove } from '../db/rules-above.ts'
import type { Database } from '../db/schema.ts'
import { schemeIn, type SchemeInForce } from './scheme-in.ts'

/** The newest scheme of the nearest place above a stream that has one; else the one the product starts with. */
export async function schemeOf(db: Kysely<Database>, stream: string): Promise<SchemeInForce> {
  return (await schemesOf(db, [stream])).of(stream)
}

/** The same of several streams, in as many questions as of one. */
export async function schemesOf(
  db: Kysely<Database>,
  streams: readonly string[],
): Promise<{ of(stream: string): SchemeInForce }> {
  const above = await rulesAbove(db, streams, ['scheme'])
  return { of: (stream) => schemeIn(above.get(stream) ?? []) }
}
