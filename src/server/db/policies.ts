/** Policies as they were saved: one record for each version, in the stream of its subdistrict. */
import { sql, type Kysely } from 'kysely'
import type { Role } from '#domain/account.ts'
import { asksSecondFactor, newestPolicy } from '#domain/policy-in-force.ts'
import { mayHaveToSetFactor } from '#domain/permission-of-access.ts'
import type { Policy } from '#domain/policy.ts'
import { listOf } from './place-tree.ts'
import { allRules, rulesAbove } from './rules-above.ts'
import type { Database } from './schema.ts'

/** Whether the policy of an account's subdistrict asks a second factor of it. */
export async function isFactorRequired(
  db: Kysely<Database>,
  { id, role }: { readonly id: string; readonly role: Role },
): Promise<boolean> {
  if (!mayHaveToSetFactor(role)) return false
  return asksSecondFactor(newestPolicy(await policiesOf(db, id)), role)
}

/** Those of the subdistricts of an account: one stream each, however many subdistricts there are. */
async function policiesOf(db: Kysely<Database>, account: string): Promise<Policy[]> {
  const { rows: places } = await sql<{ place: string }>`
    select place from account_place where account = ${account}::uuid`.execute(db)
  const own = places.map(({ place }) => place)
  const above = await rulesAbove(db, own, ['policy'])
  return own.flatMap((place) =>
    allRules(above.get(place) ?? [], 'policy').map(({ fields }) => fields as Policy),
  )
}

/** The newest of each subdistrict in which an account has a place; none of one that has saved none. */
export async function newestPoliciesOf(db: Kysely<Database>, account: string): Promise<Policy[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive up as (
      select place.id, place.parent from place
      join account_place on account_place.place = place.id and account_place.account = ${account}::uuid
      union
      select place.id, place.parent from place join up on place.id = up.parent
    )
    select id from up where parent is null`.execute(db)
  // One that was closed has no place any more, and may still send what it recorded.
  if (rows.length === 0) return newestPolicies(db)
  return newestIn(
    db,
    rows.map(({ id }) => id),
  )
}

/** The newest of each subdistrict. */
export async function newestPolicies(db: Kysely<Database>): Promise<Policy[]> {
  const { rows } = await sql<{ id: string }>`select id from place where parent is null`.execute(db)
  return newestIn(
    db,
    rows.map(({ id }) => id),
  )
}

async function newestIn(db: Kysely<Database>, roots: readonly string[]): Promise<Policy[]> {
  if (roots.length === 0) return []
  const { rows } = await sql<{ policy: Policy }>`
    select distinct on (place) fields as policy from place_rule
    where place = ${listOf(roots)} and kind = 'policy'
    order by place, (fields->>'policyVersion')::int desc`.execute(db)
  return rows.map(({ policy }) => policy)
}
