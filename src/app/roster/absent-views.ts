/** Who is in the register and not in the roster, as the desk hands it out. */
import type { Absent, AbsentAnswer } from '#domain/roster/absent.ts'

/** How many are in the register and not in the roster, and what was answered about them. */
export interface AbsentTally {
  readonly total: number
  readonly left: number
  readonly ask: number
  readonly stay: number
}

export interface AbsentPeople {
  readonly total: number
  readonly people: readonly (Absent & { readonly answer: AbsentAnswer | null })[]
}
