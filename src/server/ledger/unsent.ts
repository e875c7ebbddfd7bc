/** A file of unsent work as pushes: in order of seq, in parts, never a batch apart. */
import type { Kysely } from 'kysely'
import { maxPush, type Receipt } from '#protocol/mutation.ts'
import { findDevice } from '../db/devices.ts'
import type { Database } from '../db/schema.ts'
import { applyPush, type PushContext } from './apply.ts'
import { batchOf, idOf, seqOf, type Incoming } from './plan.ts'

export interface BroughtIn {
  readonly receipts: readonly Receipt[]
  readonly moved: readonly string[]
  /** Numbers that the file leaves out, and that are used up by it. */
  readonly skipped: number
}

/**
 * Numbers that the file leaves out were used by what the device has nothing to send for any more (refused, given up):
 * they are used up here as well, or all behind them would wait for ever. Nothing is kept for them, so that a file
 * never becomes more in the register than it holds.
 */
export async function applyUnsent(
  db: Kysely<Database>,
  incoming: readonly Incoming[],
  context: PushContext,
): Promise<BroughtIn> {
  const last = (await findDevice(db, context.device))?.last_seq ?? 0
  const sorted = [...incoming].sort((a, b) => seqOf(a) - seqOf(b))
  const { within, beyond, skipped } = withinGaps(sorted, last)
  const receipts: Receipt[] = []
  const moved = new Set<string>()
  for (const part of partsOf(within)) {
    const pushed = await applyPush(db, part, { ...context, passesHoles: true })
    receipts.push(...pushed.receipts)
    for (const stream of pushed.moved) moved.add(stream)
  }
  for (const item of beyond) {
    receipts.push({ id: idOf(item), seq: seqOf(item), ok: false, problem: 'sequence-gap' })
  }
  return { receipts, moved: [...moved], skipped }
}

/** A file that leaves out more numbers than this in all is no device's counting but made by somebody else. */
const mostSkipped = 10_000

/** What can be brought in, and what stands behind too many missing numbers. */
function withinGaps(
  sorted: readonly Incoming[],
  last: number,
): { readonly within: Incoming[]; readonly beyond: Incoming[]; readonly skipped: number } {
  let skipped = 0
  let before = last
  for (const [index, item] of sorted.entries()) {
    const missing = Math.max(0, seqOf(item) - before - 1)
    if (skipped + missing > mostSkipped) {
      return { within: sorted.slice(0, index), beyond: sorted.slice(index), skipped }
    }
    skipped += missing
    before = Math.max(before, seqOf(item))
  }
  return { within: [...sorted], beyond: [], skipped }
}

function partsOf(items: readonly Incoming[]): Incoming[][] {
  const parts: Incoming[][] = []
  for (const item of items) {
    const part = parts.at(-1)
    const before = part?.at(-1)
    const goesOn = before && batchOf(item) !== null && batchOf(before) === batchOf(item)
    if (part && (part.length < maxPush || goesOn)) part.push(item)
    else parts.push([item])
  }
  return parts
}
