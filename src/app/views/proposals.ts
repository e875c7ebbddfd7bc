/** Acts on a request that the server did not do: what was meant, why it did not count, and whether it could be done now. */
import type { Role } from '#domain/account.ts'
import type { RequestStep, StepName } from '#domain/requests/step.ts'
import type { Problem } from '#protocol/problem.ts'
import type { Register } from '#app/register/register.ts'
import type { UnsentItem } from '#app/sync/unsent-item.ts'
import { unitName } from './request-rules.ts'
import type { RequestView } from './requests.ts'
import { mayStep } from './steps-offered.ts'

export interface ProposalShown {
  /** Of the mutation. */
  readonly id: string
  readonly step: StepName
  readonly unit: string | null
  readonly words: string | null
  /** Null where the matter had gone on by then. */
  readonly problem: Problem | null
  /** By whoever looks, on what stands now. */
  readonly isPossible: boolean
  /** The newest step that this device knows. */
  readonly last: { readonly step: StepName; readonly at: string } | null
}

export function proposalsShown(
  register: Register,
  unsent: readonly UnsentItem[],
  { request, course, steps }: RequestView,
  role: Role,
): readonly ProposalShown[] {
  const newest = steps.at(-1)?.step
  const last = newest ? { step: newest.step, at: newest.at } : null
  return unsent.flatMap(({ state, mutation, problem }) => {
    const { id, kind, fields } = mutation
    if (state !== 'refused' || kind !== 'request-step') return []
    if (fields['request'] !== request.id) return []
    const meant = fields as unknown as RequestStep
    return [
      {
        ...{ id, step: meant.step, words: meant.words ?? null, last },
        unit: (meant.unit && unitName(register, meant.unit)) ?? null,
        problem: problem === 'changed-meanwhile' ? null : problem,
        isPossible: mayStep(course.state, meant.step, role),
      },
    ]
  })
}
