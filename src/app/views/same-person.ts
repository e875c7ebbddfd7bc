/** Two records that may be one person: which of them more likely says where the person lives. */
import { isPresent } from '#domain/resident.ts'
import type { Rec, Register } from '#app/register/register.ts'

export type { Pair } from '#app/register/same-people.ts'

/** Which of the two records of a pair. */
export type Side = 'first' | 'second'

/** The moment at which somebody met the person last; '' where nobody did. */
export function lastMetAt(register: Register, { id, fields }: Rec<'resident'>): string {
  const visit = register
    .visits(fields.household)
    .find(({ fields: one }) => one.outcome === 'met' && (!one.resident || one.resident === id))
  return visit?.fields.at ?? ''
}

/** Where the person more likely lives: who has not left, then who was met last, then the older record. */
export function livelierOf(register: Register, a: Rec<'resident'>, b: Rec<'resident'>): 'a' | 'b' {
  if (isPresent(a.fields) !== isPresent(b.fields)) return isPresent(a.fields) ? 'a' : 'b'
  return lastMetAt(register, b) > lastMetAt(register, a) ? 'b' : 'a'
}
