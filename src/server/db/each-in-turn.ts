import { isConnectionLost } from './transact.ts'

/**
 * Does the same to one after the other. Where one fails the others are done all the same, and what failed is thrown
 * together at the end; where the connection is lost nothing more is tried, since the others would fail as well.
 */
export async function eachInTurn<T>(
  items: Iterable<T> | AsyncIterable<T>,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const faults: unknown[] = []
  for await (const item of items) {
    try {
      await work(item)
    } catch (fault) {
      faults.push(fault)
      if (isConnectionLost(fault)) break
    }
  }
  throwAll(faults)
}

/** Nothing where nothing failed. */
export function throwAll(faults: readonly unknown[]): void {
  if (faults.length === 1) throw faults[0]
  if (faults.length > 1) throw new AggregateError(faults, `${faults.length} failed`)
}
