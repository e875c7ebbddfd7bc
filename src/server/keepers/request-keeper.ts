/** Runs the calendar's round over requests: with every round of the calendar, and after a push that said something of one. */
import { createKeeper, type Keeper } from './keeper.ts'
import { keepRequests } from './requests.ts'
import type { KeeperParts } from './keeper-parts.ts'

export function createRequestKeeper({ db, clock, ids, pokes, passes }: KeeperParts): Keeper {
  const onMoved = (streams: readonly string[]) => {
    if (streams.length > 0) pokes.poke(streams)
  }
  return createKeeper(async (stopped) => {
    if (stopped.aborted) return
    await passes.watch('requests', () =>
      keepRequests(db, { now: clock.now(), ids }, onMoved, stopped),
    )
  })
}
