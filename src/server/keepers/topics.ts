/** The calendar's round over topics: what was closed is counted for good once every voice had its time to come. */
import type { Kysely } from 'kysely'
import { eachInTurn } from '../db/each-in-turn.ts'
import type { Database } from '../db/schema.ts'
import { topicsToCount } from '../db/topics.ts'
import { sayTally } from '../ledger/count-topic.ts'

export async function keepTopics(
  db: Kysely<Database>,
  clock: { readonly now: number; readonly ids: () => string },
  onMoved: (streams: readonly string[]) => void,
): Promise<void> {
  // All of them, closed in the last three days: however many have to wait, none stands in the way of one whose time has come.
  await eachInTurn(await topicsToCount(db), async (key) => {
    const moved = await sayTally(db, key, clock)
    if (moved.length > 0) onMoved(moved)
  })
}
