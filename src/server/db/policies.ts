/** Policies as they were saved: one record for each version, in the stream of its subdistrict. */
import { sql, type Kysely } from 'kysely'
import type { Policy } from '#domain/policy.ts'
import type { Database } from './schema.ts'

/** The newest of each subdistrict; none of one that has saved none. */
export async function newestPolicies(db: Kysely<Database>): Promise<Policy[]> {
  const { rows } = await sql<{ policy: Policy }>`
    select distinct on (record.stream) record.fields as policy
    from record join place on place.id = record.stream
    where place.parent is null and record.kind = 'policy' and not record.removed
    order by record.stream, (record.fields->>'policyVersion')::int desc`.execute(db)
  return rows.map(({ policy }) => policy)
}
