/** Rows of which somebody has answered a question are held against the register again; the others stay as they are. */
import {
  named,
  type Choice,
  type Compared,
  type Comparison,
  type Naming,
} from '#domain/roster/compare.ts'

export interface Again {
  readonly compared: Compared[]
  /** Decisions that still fit: one about a doubt that the row does not have any more is none. */
  readonly decided: Map<number, Choice>
}

/** `pause` is asked between slices of rows and throws where somebody stops: nothing of what was given has changed then. */
export async function compareAgain(
  before: { readonly compared: readonly Compared[]; readonly decided: ReadonlyMap<number, Choice> },
  key: string,
  comparison: Comparison,
  naming: Naming,
  pause: (done: number, total: number) => Promise<void>,
): Promise<Again> {
  const compared = [...before.compared]
  const decided = new Map(before.decided)
  const meant = [...compared.keys()].filter((at) =>
    compared[at]?.asks.some((question) => question.key === key),
  )
  for (const [done, at] of meant.entries()) {
    if (done > 0 && done % slice === 0) await pause(done, meant.length)
    const held = compared[at]
    if (!held) continue
    const after = withName(held, comparison.compare(at), naming)
    compared[at] = after
    if (doubtOf(held) !== doubtOf(after)) decided.delete(at)
  }
  return { compared, decided }
}

/** So many rows between two breaths. */
const slice = 500

/** Whom somebody named among several stays named. */
function withName(before: Compared, after: Compared, naming: Naming): Compared {
  const { verdict } = before
  const isNamed = verdict.status === 'doubtful' && verdict.several && verdict.person !== null
  return isNamed ? named(after, verdict.person, naming) : after
}

const doubtOf = ({ verdict }: Compared) =>
  verdict.status === 'doubtful' ? verdict.doubt : verdict.status
