/** A file of unsent work as pushes: in order of seq, in parts, never a batch apart. */
import type { Kysely } from 'kysely'
import { maxPush, type Receipt } from '#protocol/mutation.ts'
import { findDevice } from '../db/devices.ts'
import type { Database } from '../db/schema.ts'
import { applyPush, type PushContext } from './apply.ts'
import { seqOf, type Incoming } from './plan.ts'

/**
 * Numbers that the file leaves out were used by what the device has nothing to send for any more (refused, given up):
 * they are used up here as well, or all behind them would wait for ever.
 */
export async function applyUnsent(
  db: Kysely<Database>,
  incoming: readonly Incoming[],
  context: PushContext,
): Promise<{ readonly receipts: readonly Receipt[]; readonly moved: readonly string[] }> {
  const last = (await findDevice(db, context.device))?.last_seq ?? 0
  const sorted = [...incoming].sort((a, b) => seqOf(a) - seqOf(b))
  const own = new Set(sorted.map(idOf))
  const receipts: Receipt[] = []
  const moved = new Set<string>()
  for (const part of partsOf(withoutGaps(sorted, last, context.ids))) {
    const pushed = await applyPush(db, part, context)
    receipts.push(...pushed.receipts.filter(({ id }) => own.has(id)))
    for (const stream of pushed.moved) moved.add(stream)
  }
  return { receipts, moved: [...moved] }
}

/** More numbers than this between two mutations are no device's counting but a file made by somebody else. */
const largestGap = 10_000

function withoutGaps(
  sorted: readonly Incoming[],
  last: number,
  ids: () => string,
): readonly Incoming[] {
  const whole: Incoming[] = []
  let next = last + 1
  for (const item of sorted) {
    if (seqOf(item) - next > largestGap) break
    for (; next < seqOf(item); next += 1) {
      whole.push({ id: ids(), seq: next, batch: null, problem: 'malformed' })
    }
    whole.push(item)
    next = Math.max(next, seqOf(item) + 1)
  }
  return whole
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

function batchOf(item: Incoming): string | null {
  return 'mutation' in item ? item.mutation.batch : item.batch
}

function idOf(item: Incoming): string {
  return 'mutation' in item ? item.mutation.id : item.id
}
