/** The calendar's round over requests: what falls due is said, resumed, closed or sent on, each once. */
import type { Kysely } from 'kysely'
import { eachInTurn } from '../db/each-in-turn.ts'
import { requestsOfOldRules, requestsToLookAt } from '../db/request-states.ts'
import type { Database } from '../db/schema.ts'
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
  for (;;) {
    const old = await requestsOfOldRules(db, mostAtOnce)
    await eachInTurn(old, async (key) => {
      if (signal?.aborted) return
      onMoved(await refreshRequest(db, key, clock))
    })
    if (old.length < mostAtOnce || signal?.aborted) break
  }
  let after: { readonly at: string; readonly request: string } | null = null
  for (;;) {
    const due = await requestsToLookAt(db, clock.now, after, mostAtOnce)
    await eachInTurn(due, async (key) => {
      for (let step = 0; step < mostSteps && !signal?.aborted; step += 1) {
        const moved = await stepByCalendar(db, key, clock)
        if (moved.length === 0) return
        onMoved(moved)
      }
    })
    const last = due.at(-1)
    if (!last || due.length < mostAtOnce || signal?.aborted) return
    after = { at: last.at, request: last.request }
  }
}
