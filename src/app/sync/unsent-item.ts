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
