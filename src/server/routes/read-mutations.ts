/** A push's mutations, read one by one: one that cannot be read is refused alone. */
import * as v from 'valibot'
import { maxMutationBytes, mutationSchema } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'
import type { Incoming } from '../push/plan.ts'

const uuid = v.pipe(v.string(), v.uuid())
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
  if (!isStorable(raw)) return refused('malformed')
  if (Buffer.byteLength(JSON.stringify(raw)) > maxMutationBytes) return refused('too-large')
  const parsed = v.safeParse(mutationSchema, raw)
  if (!parsed.success) {
    // All else is well: a kind that a newer app knows.
    const isKind = parsed.issues.every(({ path, input }) => path?.[0]?.key === 'kind' && input)
    return refused(isKind ? 'unknown-kind' : 'malformed')
  }
  const mutation = parsed.output
  if (mutation.device !== device) return refused('not-allowed')
  // The schema takes moments that no calendar has, and ids that the database would write in another way.
  if (Number.isNaN(Date.parse(mutation.at))) return refused('malformed')
  const ids = [id, mutation.stream, mutation.to ?? '', mutation.record, mutation.batch ?? '']
  if (ids.some((one) => one !== one.toLowerCase())) return refused('malformed')
  return { mutation }
}

/** No form is deeper; what is would overflow whoever walks it. */
const deepest = 16
const mostValues = 20_000

/** JSON that PostgreSQL's jsonb takes: no U+0000, no half of a surrogate pair, and of a sane shape. */
function isStorable(raw: unknown): boolean {
  let level: unknown[] = [raw]
  let seen = 0
  for (let depth = 0; level.length > 0; depth += 1) {
    seen += level.length
    if (depth > deepest || seen > mostValues) return false
    const next: unknown[] = []
    for (const value of level) {
      if (typeof value === 'string' && !isStorableText(value)) return false
      if (typeof value !== 'object' || value === null) continue
      for (const [key, inner] of Object.entries(value)) {
        if (!isStorableText(key) || key === '__proto__') return false
        next.push(inner)
      }
    }
    level = next
  }
  return true
}

function isStorableText(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text)
}
