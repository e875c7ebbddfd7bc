/** Everything that a server refuses, by name. A code is never reused for another meaning. */
import * as v from 'valibot'
import { factorToSetSchema } from './second-factor.ts'

export const problems = [
  // the request as a whole
  'not-signed-in',
  'session-ended',
  'wrong-password',
  'wrong-code',
  'code-needed',
  'factor-to-set',
  'too-many-attempts',
  'device-revoked',
  'account-closed',
  'not-allowed',
  'malformed',
  'too-large',
  'app-too-old',
  'server-too-old',
  'not-found',
  'server-fault',
  'database-unreachable',
  'file-unreadable',
  // one mutation
  'stream-not-yours',
  'kind-not-yours',
  'unknown-kind',
  'invalid-fields',
  'record-gone',
  'record-exists',
  'record-elsewhere',
  'record-merged',
  'append-only',
  'reference-missing',
  'duplicate-document',
  'scheme-moved-on',
  'place-closed',
  'place-not-empty',
  'login-taken',
  'changed-meanwhile',
  'weak-password',
  'new-password-needed',
  'one-time-expired',
  'second-person-needed',
  'batch-refused',
  'time-implausible',
  'sequence-gap',
  'sequence-reused',
  'approval-needed',
  'answered-already',
  'person-there-already',
] as const
export type Problem = (typeof problems)[number]
export const problemSchema = v.picklist(problems)

/** The body of every refusal of a whole request. `retryAfter` in seconds. */
export const refusalSchema = v.looseObject({
  ok: v.literal(false),
  problem: problemSchema,
  retryAfter: v.optional(v.number()),
  /** With `factor-to-set`: what the person's authenticator has to read first. */
  factor: v.optional(factorToSetSchema),
})
export type Refusal = v.InferOutput<typeof refusalSchema>
