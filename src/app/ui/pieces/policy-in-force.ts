import { newestPolicy } from '#domain/policy-in-force.ts'
import type { Policy } from '#domain/policy.ts'
import type { Register } from '#app/register/register.ts'
import { useApp, useRegister } from '#app/stores/use-store.ts'

/** The office's newest policy on this device, else the one that the product starts with. */
export function policyOf(register: Register): Policy {
  return newestPolicy([...register.all('policy')].map(({ fields }) => fields))
}

export function usePolicy(): Policy {
  return useRegister(useApp(), policyOf)
}
