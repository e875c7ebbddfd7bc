import type { Kysely } from 'kysely'
import { defaultScheme, defaultSchemeId } from '#domain/default-scheme.ts'
import type { Scheme } from '#domain/scheme.ts'
import type { Database } from '../db/schema.ts'
import { ancestorsOf } from '../db/streams.ts'

export interface SchemeInForce {
  readonly id: string
  readonly scheme: Scheme
}

/** The newest scheme of the nearest place above a stream that has one; else the one the product starts with. */
export async function schemeOf(db: Kysely<Database>, stream: string): Promise<SchemeInForce> {
  for (const place of await ancestorsOf(db, stream)) {
    const row = await db
      .selectFrom('record')
      .select(['id', 'fields'])
      .where('stream', '=', place)
      .where('kind', '=', 'scheme')
      .where('removed', '=', false)
      .orderBy('version', 'desc')
      .executeTakeFirst()
    if (row) return { id: row.id, scheme: row.fields as Scheme }
  }
  return { id: defaultSchemeId, scheme: defaultScheme }
}
