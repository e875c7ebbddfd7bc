import type { FieldProblem } from '#domain/field.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'

/** One mutation that the server does not have yet, or refused. */
export interface UnsentItem {
  readonly mutation: Mutation
  readonly state: 'waiting' | 'refused'
  readonly problem: Problem | null
  readonly fields: readonly FieldProblem[]
}

/** Whether two mutations are one, or of one batch: such are judged, refused and sent again together. */
export function areTogether(
  one: Pick<Mutation, 'id' | 'batch'>,
  other: Pick<Mutation, 'id' | 'batch'>,
): boolean {
  return one.id === other.id || (one.batch !== null && one.batch === other.batch)
}
