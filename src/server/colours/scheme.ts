import { sql, type Kysely } from 'kysely'
import { defaultScheme, defaultSchemeId } from '#domain/default-scheme.ts'
import type { Scheme } from '#domain/scheme.ts'
import type { Database } from '../db/schema.ts'

export interface SchemeInForce {
  readonly id: string
  readonly scheme: Scheme
}

/** The newest scheme of the nearest place above a stream that has one; else the one the product starts with. */
export async function schemeOf(db: Kysely<Database>, stream: string): Promise<SchemeInForce> {
  const { rows } = await sql<SchemeInForce>`
    with recursive up as (
      select id, parent, 0 as depth from place where id = ${stream}
      union all
      select place.id, place.parent, up.depth + 1 from place join up on place.id = up.parent
    )
    select record.id, record.fields as scheme
    from up join record on record.stream = up.id and record.kind = 'scheme' and not record.removed
    order by up.depth, record.version desc
    limit 1`.execute(db)
  return rows[0] ?? { id: defaultSchemeId, scheme: defaultScheme }
}
