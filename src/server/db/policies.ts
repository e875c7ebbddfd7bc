/** Policies as they were saved: one record for each version, in the stream of its subdistrict. */
import { sql, type Kysely } from 'kysely'
import type { Role } from '#domain/account.ts'
import { asksSecondFactor, newestPolicy } from '#domain/policy-in-force.ts'
import { mayHaveToSetFactor } from '#domain/permission-of-access.ts'
import type { Policy } from '#domain/policy.ts'
import type { Database } from './schema.ts'

/** Whether the policy of an account's subdistrict asks a second factor of it. */
export async function isFactorRequired(
  db: Kysely<Database>,
  { id, role }: { readonly id: string; readonly role: Role },
): Promise<boolean> {
  if (!mayHaveToSetFactor(role)) return false
  const { rows } = await sql<{ policy: Policy }>`
    with recursive up as (
      select place.id, place.parent from place
      join account_place on account_place.place = place.id and account_place.account = ${id}::uuid
      union
      select place.id, place.parent from place join up on place.id = up.parent
    )
    select record.fields as policy from up
    join record on record.stream = up.id and record.kind = 'policy' and not record.removed`.execute(
    db,
  )
  return asksSecondFactor(newestPolicy(rows.map(({ policy }) => policy)), role)
}

/** The newest of each subdistrict; none of one that has saved none. */
export async function newestPolicies(db: Kysely<Database>): Promise<Policy[]> {
  const { rows } = await sql<{ policy: Policy }>`
    select distinct on (record.stream) record.fields as policy
    from record join place on place.id = record.stream
    where place.parent is null and record.kind = 'policy' and not record.removed
    order by record.stream, (record.fields->>'policyVersion')::int desc`.execute(db)
  return rows.map(({ policy }) => policy)
}
