/** What the office's policy says to a push: which fields are not asked any more, and which policy may follow on which. */
import type { Kysely } from 'kysely'
import type { Role } from '#domain/account.ts'
import { withheldProblems } from '#domain/consent.ts'
import { instantToDay } from '#domain/day.ts'
import type { FieldProblem } from '#domain/field.ts'
import { guardianProblems, wantsGuardian } from '#domain/minor.ts'
import { emptyPlaceholders } from '#domain/notice.ts'
import { defaultPolicy, faultOfPolicy, fieldsOff, newestPolicy } from '#domain/policy-in-force.ts'
import type { Policy } from '#domain/policy.ts'
import { standsAtGate } from '#domain/permission.ts'
import { problemsOfNew } from '#domain/schemas.ts'
import type { Mutation } from '#protocol/mutation.ts'
import { allRules, rulesAbove, type RulesAbove } from '../db/rules-above.ts'
import type { Database } from '../db/schema.ts'
import type { Refused } from './draft.ts'

/** By stream: the newest policy of a place or of those above it. A stream that is not named has the product's own. */
export type Policies = ReadonlyMap<string, Policy>

export async function loadPolicies(
  db: Kysely<Database>,
  streams: readonly string[],
): Promise<Policies> {
  return policiesOf(await rulesAbove(db, streams, ['policy']))
}

export function policiesOf(above: RulesAbove): Policies {
  const found = new Map<string, Policy>()
  for (const [stream, way] of above) {
    const policies = allRules(way, 'policy').map(({ fields }) => fields as Policy)
    if (policies.length > 0) found.set(stream, newestPolicy(policies))
  }
  return found
}

/** Null where a policy may be saved; its shape is judged like that of any record. `saved`: earlier in the same push. */
export function problemOfPolicy(
  { stream, fields }: Pick<Mutation, 'stream' | 'fields'>,
  policies: Policies,
  saved: Iterable<Policy>,
): Refused | null {
  if (problemsOfNew('policy', fields).length > 0) return null
  const newest = newestPolicy([policies.get(stream) ?? defaultPolicy, ...saved])
  const fault = faultOfPolicy(fields as Policy, newest)
  if (fault === 'moved-on') return { problem: 'scheme-moved-on' }
  if (fault === null) return null
  if (fault === 'notice') {
    const [name = 'noticeText'] = emptyPlaceholders(fields as Policy)
    return { problem: 'invalid-fields', fields: [{ field: name, problem: 'required' }] }
  }
  return { problem: 'invalid-fields', fields: [{ field: 'off', problem: 'wrong-shape' }] }
}

/** What the policy finds wrong with a resident as a push leaves it. */
export function policyProblems(
  policy: Policy,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  now: number,
): FieldProblem[] {
  const off = fieldsOff(policy, before, after).map((field) => ({
    field,
    problem: 'field-off' as const,
  }))
  const withheld = [...off, ...withheldProblems(before, after)]
  if (withheld.length > 0 || !wantsGuardian(policy)) return withheld
  return guardianProblems(before, after, instantToDay(new Date(now).toISOString()))
}

/** Plates are recorded where the village has gates; elsewhere one that is there can only be ended. */
export function vehicleProblems(
  policy: Policy | undefined,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): FieldProblem[] {
  if (policy?.gates) return []
  const isSame = (['plate', 'vehicleKind', 'until'] as const).every(
    (field) => (before[field] ?? null) === (after[field] ?? null),
  )
  return isSame ? [] : [{ field: 'plate', problem: 'field-off' }]
}

/** A gate says that somebody came while its village has gates, and not after. */
export function gateProblems(role: Role, policy: Policy | undefined): FieldProblem[] {
  return standsAtGate(role) && !policy?.gates ? [{ field: 'dwelling', problem: 'field-off' }] : []
}
