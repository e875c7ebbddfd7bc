import type { AgeGroup } from '#domain/minor.ts'
import type { Mutation } from '#protocol/mutation.ts'

/** A look that was refused: it is on record all the same. */
export interface RefusedLook {
  readonly mutation: Mutation
  readonly stream: string
  readonly correctedAt: string
  readonly minor: AgeGroup | null
}
