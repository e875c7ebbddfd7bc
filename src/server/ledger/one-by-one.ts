/** A push that fails as a whole is taken apart, until the batch that makes it fail stands alone and is refused alone. */
import { sqlStateOf } from '../db/transact.ts'
import type { Pushed } from './pushed.ts'
import { batchesOf, batchOf, idOf, seqOf, type Incoming } from './plan.ts'

type Apply = (items: readonly Incoming[]) => Promise<Pushed>

/** `apply` writes all of its items in one transaction or nothing. */
export async function oneByOne(
  incoming: readonly Incoming[],
  apply: Apply,
  onFault: (error: unknown) => void = () => undefined,
): Promise<Pushed> {
  try {
    return await apply(incoming)
  } catch (error) {
    if (!isOfItsInput(error)) throw error
    // In order of seq: a batch that came apart on its way stands together again.
    const batches = batchesOf([...incoming].sort((a, b) => seqOf(a) - seqOf(b)))
    if (batches.length <= 1) {
      onFault(error)
      return apply(incoming.map(refused))
    }
    const half = Math.ceil(batches.length / 2)
    const first = await oneByOne(batches.slice(0, half).flat(), apply, onFault)
    const second = await oneByOne(batches.slice(half).flat(), apply, onFault)
    return {
      receipts: [...first.receipts, ...second.receipts],
      expected: second.expected,
      moved: [...new Set([...first.moved, ...second.moved])],
      hasScheme: first.hasScheme || second.hasScheme,
      hasRequest: first.hasRequest || second.hasRequest,
      hasImport: first.hasImport || second.hasImport,
    }
  }
}

function refused(item: Incoming): Incoming {
  const batch = batchOf(item)
  return { id: idOf(item), seq: seqOf(item), batch, problem: 'malformed' }
}

/**
 * Whether what came is to blame, and not the machine: a rule of ours that broke on it, or SQLSTATE's classes of data
 * (22), of constraints (23) and of limits that a value goes beyond (54). A lost connection, a full disk or a deadlock
 * is nobody's input, and the same push succeeds later.
 */
export function isOfItsInput(error: unknown): boolean {
  const state = sqlStateOf(error)
  if (state === '') return error instanceof TypeError || error instanceof RangeError
  return /^(?:22|23|54)[0-9A-Z]{3}$/.test(state)
}
