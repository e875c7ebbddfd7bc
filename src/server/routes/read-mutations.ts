/** A push's mutations, read one by one: one that cannot be read is refused alone. */
import * as v from 'valibot'
import { id as uuid } from '#domain/field.ts'
import { readFields } from '#domain/schemas.ts'
import { isStorableJson } from '#domain/storable.ts'
import { maxMutationBytes, mutationSchema } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'
import type { Incoming } from '../ledger/plan.ts'

const named = v.looseObject({ id: uuid, seq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)) })

/** What cannot even be named is left out: it is a gap, at which the push stops. */
export function readMutations(raws: readonly unknown[], device: string): Incoming[] {
  return raws.map((raw) => readMutation(raw, device)).filter((incoming) => incoming !== null)
}

/** Most are as they should be, and read once. */
function readMutation(raw: unknown, device: string): Incoming | null {
  const parsed = v.safeParse(mutationSchema, raw)
  const isWhole =
    parsed.success &&
    Number.isSafeInteger(parsed.output.seq) &&
    parsed.output.device === device &&
    isStorableJson(raw) &&
    !isTooLarge(raw)
  if (!isWhole) return readRefused(raw, device)
  const mutation = parsed.output
  return { mutation: { ...mutation, fields: readFields(mutation.kind, mutation.fields) } }
}

const isTooLarge = (raw: unknown) => Buffer.byteLength(JSON.stringify(raw)) > maxMutationBytes

/** What is not as it should be: named, where it has a name, with what is wrong with it. */
function readRefused(raw: unknown, device: string): Incoming | null {
  const name = v.safeParse(named, raw)
  if (!name.success) return null
  const { id, seq } = name.output
  const batch = v.safeParse(v.looseObject({ batch: uuid }), raw)
  const refused = (problem: Problem): Incoming => ({
    id,
    seq,
    batch: batch.success ? batch.output.batch : null,
    problem,
  })
  if (!isStorableJson(raw)) return refused('malformed')
  if (isTooLarge(raw)) return refused('too-large')
  const parsed = v.safeParse(mutationSchema, raw)
  if (!parsed.success) {
    // All else is well: a kind that a newer app knows.
    const isKind = parsed.issues.every(({ path, input }) => path?.[0]?.key === 'kind' && input)
    return refused(isKind ? 'unknown-kind' : 'malformed')
  }
  return refused(parsed.output.device === device ? 'malformed' : 'not-allowed')
}
