/** Why an act did not come about, or why nobody knows whether it did. */
import type { OfficeAnswer } from '#app/acts/office-answer.ts'

export type ActProblem = Extract<OfficeAnswer<unknown>, { ok: false }>['problem']

/** It may have been done and the answer lost: the same act asked again tells. */
export function isUnanswered(problem: ActProblem): boolean {
  return unanswered.has(problem)
}

const unanswered: ReadonlySet<ActProblem> = new Set<ActProblem>([
  'offline',
  'unreadable-answer',
  'server-fault',
  'database-unreachable',
])
