/** The calendar's round over topics: what was closed is counted for good once every voice had its time to come. */
import type { Kysely } from 'kysely'
import { eachInTurn } from '../db/each-in-turn.ts'
import type { Database } from '../db/schema.ts'
import { topicsToCount } from '../db/topics.ts'
import { sayTally } from '../ledger/count-topic.ts'

/** More are closed at once nowhere; the rest is counted by the next round. */
const mostAtOnce = 200

export async function keepTopics(
  db: Kysely<Database>,
  clock: { readonly now: number; readonly ids: () => string },
  onMoved: (streams: readonly string[]) => void,
): Promise<void> {
  await eachInTurn(await topicsToCount(db, mostAtOnce), async (key) => {
    const moved = await sayTally(db, key, clock)
    if (moved.length > 0) onMoved(moved)
  })
}
