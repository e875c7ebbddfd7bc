/** The public part of an account: what colleagues may see of each other. No telephone, no presence. */
import * as v from 'valibot'
import { choice, flag, maybe, text } from './field.ts'

export const roles = ['worker', 'staff', 'admin', 'handler', 'auditor', 'gate'] as const
/** worker = grid worker, staff = community staff, admin = subdistrict administrator, handler = department handler, gate = who sits at a village's gate. */
export type Role = (typeof roles)[number]

export const accountSchema = v.looseObject({
  name: text(40),
  role: choice(roles),
  closed: maybe(flag),
})
export type Account = v.InferOutput<typeof accountSchema>
