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

function readMutation(raw: unknown, device: string): Incoming | null {
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
  if (Buffer.byteLength(JSON.stringify(raw)) > maxMutationBytes) return refused('too-large')
  const parsed = v.safeParse(mutationSchema, raw)
  if (!parsed.success) {
    // All else is well: a kind that a newer app knows.
    const isKind = parsed.issues.every(({ path, input }) => path?.[0]?.key === 'kind' && input)
    return refused(isKind ? 'unknown-kind' : 'malformed')
  }
  const mutation = parsed.output
  if (mutation.device !== device) return refused('not-allowed')
  return { mutation: { ...mutation, fields: readFields(mutation.kind, mutation.fields) } }
}
