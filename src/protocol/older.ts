/** What is told to an app of an older version: it takes an answer with a word that it does not know for no answer at all. */
import type { FieldProblemCode } from '#domain/field.ts'
import type { Receipt } from './mutation.ts'
import type { Problem } from './problem.ts'

/** Since which version a field's problem is said, and what stood for it before. */
const newerFieldProblems: Partial<
  Record<FieldProblemCode, { readonly since: number; readonly before: FieldProblemCode }>
> = {
  'unseen-letters': { since: 3, before: 'wrong-shape' },
  'field-restricted': { since: 3, before: 'wrong-shape' },
  'consent-needed': { since: 3, before: 'wrong-shape' },
}

/** The same of a whole mutation. */
const newerProblems: Partial<
  Record<Problem, { readonly since: number; readonly before: Problem }>
> = {
  'approval-needed': { since: 3, before: 'not-allowed' },
  'answered-already': { since: 4, before: 'record-exists' },
  'person-there-already': { since: 4, before: 'record-exists' },
}

/** Receipts in the words of a version of the protocol. */
export function receiptsFor(protocol: number, receipts: readonly Receipt[]): readonly Receipt[] {
  return receipts.map((given) => {
    const newer = given.ok ? undefined : newerProblems[given.problem]
    const receipt =
      !given.ok && newer && protocol < newer.since ? { ...given, problem: newer.before } : given
    if (receipt.ok || !receipt.fields) return receipt
    const fields = receipt.fields.map((field) => {
      const newer = newerFieldProblems[field.problem]
      return newer && protocol < newer.since ? { ...field, problem: newer.before } : field
    })
    return { ...receipt, fields }
  })
}
