import type { Kysely } from 'kysely'
import { defaultScheme, defaultSchemeId } from '#domain/default-scheme.ts'
import type { Scheme } from '#domain/scheme.ts'
import { nearestRules, rulesAbove } from '../db/rules-above.ts'
import type { Database } from '../db/schema.ts'

export interface SchemeInForce {
  readonly id: string
  readonly scheme: Scheme
}

/** The newest scheme of the nearest place above a stream that has one; else the one the product starts with. */
export async function schemeOf(db: Kysely<Database>, stream: string): Promise<SchemeInForce> {
  const above = await rulesAbove(db, [stream], ['scheme'])
  const newest = nearestRules(above.get(stream) ?? [], 'scheme').at(-1)
  return newest
    ? { id: newest.id, scheme: newest.fields as Scheme }
    : { id: defaultSchemeId, scheme: defaultScheme }
}
