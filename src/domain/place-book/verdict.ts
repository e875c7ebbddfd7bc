/** What becomes of each row of a workbook of places and people. A problem is a code with what its words name. */
import type { Role } from '../account.ts'
import type { PlaceKind } from '../place.ts'

export const lineProblems = [
  'missing', // nothing stands in a cell that is needed
  'too-long',
  'formula', // a text that begins as a formula does
  'unknown', // a kind, role or place that there is not
  'code-wrong', // neither blank nor 12 digits
  'code-twice',
  'code-taken', // by a place that is there
  'many', // several places are called so
  'misplaced', // a kind that does not stand under that kind
  'loop', // it stands under itself, by way of others
  'twice', // two rows are the same place
  'other-kind', // a place of that name is there, of another kind
  'above-wrong', // something is wrong with the row that it stands under, or works in
  'login-wrong',
  'login-twice',
  'login-taken',
  'misfit', // a role that does not work in such a place
  'not-yours', // whoever asks may not make such a place or account
] as const
export type LineProblemCode = (typeof lineProblems)[number]
export type LineField = 'kind' | 'name' | 'parent' | 'code' | 'login' | 'role' | 'places'

export interface LineProblem {
  readonly code: LineProblemCode
  readonly field?: LineField | undefined
  /** As it stands in the cell. */
  readonly text?: string | undefined
  readonly count?: number | undefined
  /** Of the row, of what it would stand under, and of whoever would work there. */
  readonly kind?: PlaceKind | undefined
  readonly above?: PlaceKind | undefined
  readonly role?: Role | undefined
  /** The other row. */
  readonly other?: { readonly sheet: string; readonly row: number } | undefined
}

/** `there`: a place or account like it is in the register already, and is left alone. */
export type LineState = 'new' | 'there' | 'wrong'

export interface Verdict {
  readonly state: LineState
  /** Where it is wrong. */
  readonly problem: LineProblem | null
}
