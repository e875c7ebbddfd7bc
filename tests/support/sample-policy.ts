import { defaultPolicy } from '#domain/policy-in-force.ts'
import type { Policy } from '#domain/policy.ts'

/** What an office has to say of itself before it saves a policy of its own. */
export const sampleOffice = {
  owner: '样例区民政局',
  office: '样例街道办事处',
  officeContact: '样例电话 100-0000-0000',
} as const

/** The product's own, by an office that said who it is. */
export const samplePolicy: Policy = { ...defaultPolicy, ...sampleOffice }
