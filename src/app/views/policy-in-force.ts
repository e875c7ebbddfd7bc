import { newestPolicy } from '#domain/policy-in-force.ts'
import type { Policy } from '#domain/policy.ts'
import type { Register } from '#app/register/register.ts'

/** The office's newest policy on this device, else the one that the product starts with. */
export function policyOf(register: Pick<Register, 'all'>): Policy {
  return newestPolicy([...register.all('policy')].map(({ fields }) => fields))
}
