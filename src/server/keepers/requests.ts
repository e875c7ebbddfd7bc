/** The calendar's round over requests: what falls due is said, resumed, closed or sent on, each once. */
import type { Kysely } from 'kysely'
import { eachInTurn, throwAll } from '../db/each-in-turn.ts'
import { requestsOfOldRules, requestsToLookAt } from '../db/request-states.ts'
import type { Database } from '../db/schema.ts'
import { isConnectionLost } from '../db/transact.ts'
import { refreshRequest, stepByCalendar } from '../ledger/own-steps.ts'

interface RoundClock {
  readonly now: number
  readonly ids: () => string
}

const mostAtOnce = 500
/** One after the other on one request: accepted, dispatched, reminded; more would be a circle. */
const mostSteps = 4

/**
 * One round. First the dues of open requests are counted by the catalogue and calendar in force, then the calendar's
 * steps are made. Where one request fails the others are done all the same, and what failed is thrown at the end.
 */
export async function keepRequests(
  db: Kysely<Database>,
  clock: RoundClock,
  onMoved: (streams: readonly string[]) => void,
  signal?: AbortSignal,
): Promise<void> {
  const faults: unknown[] = []
  /** Whether all of them were done. What is behind them is done all the same, as long as there is a database. */
  const each = async <T>(some: readonly T[], work: (one: T) => Promise<void>) => {
    try {
      await eachInTurn(some, work)
      return true
    } catch (fault) {
      if (isConnectionLost(fault)) throw fault
      faults.push(fault)
      return false
    }
  }
  for (;;) {
    const old = await requestsOfOldRules(db, mostAtOnce)
    const areDone = await each(old, async (key) => {
      if (signal?.aborted) return
      onMoved(await refreshRequest(db, key, clock))
    })
    // What failed would come again and again: the next round tries it.
    if (!areDone || old.length < mostAtOnce || signal?.aborted) break
  }
  let after: { readonly at: string; readonly request: string } | null = null
  for (;;) {
    const due = await requestsToLookAt(db, clock.now, after, mostAtOnce)
    await each(due, async (key) => {
      for (let step = 0; step < mostSteps && !signal?.aborted; step += 1) {
        const moved = await stepByCalendar(db, key, clock)
        if (moved.length === 0) return
        onMoved(moved)
      }
    })
    const last = due.at(-1)
    if (!last || due.length < mostAtOnce || signal?.aborted) break
    after = { at: last.at, request: last.request }
  }
  throwAll(faults)
}
