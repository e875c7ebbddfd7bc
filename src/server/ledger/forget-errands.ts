/**
 * What a unit had of a request goes from its devices thirty days after it ended: the request keeps all that was said,
 * and a department keeps no file of persons. What stays says only of which request it was, so that a unit's late word
 * still comes to it.
 */
import { sql, type Kysely } from 'kysely'
import { eachInTurn } from '../db/each-in-turn.ts'
import { loadBelow, loadRecords } from '../db/records.ts'
import type { Database } from '../db/schema.ts'
import { lockStreams } from '../db/streams.ts'
import { transact } from '../db/transact.ts'
import { bury, type PurgeClock } from './purge.ts'

export const errandDays = 30
const atOnce = 100

/** Returns the streams in which something went. `isHeld`: those in which nothing is destroyed just now. */
export async function forgetErrands(
  db: Kysely<Database>,
  clock: PurgeClock,
  isHeld: (stream: string) => boolean,
): Promise<readonly string[]> {
  const before = new Date(clock.now - errandDays * 86_400_000).toISOString()
  const { rows } = await sql<{ stream: string; ids: string[] }>`
    select stream, array_agg(id order by id) as ids from record as old
    where not removed and (
      kind = 'errand' and fields->>'endedAt' < ${before}
      or kind = 'errand-step' and fields->>'at' < ${before} and exists (
        select from record as errand
        where errand.stream = old.stream and errand.id = old.parent and errand.removed
      )
    )
    group by stream order by stream`.execute(db)
  const moved = new Set<string>()
  await eachInTurn(rows, async ({ stream, ids }) => {
    if (isHeld(stream)) return
    for (let from = 0; from < ids.length; from += atOnce) {
      const wanted = ids.slice(from, from + atOnce)
      await transact(db, async (trx) => {
        const locked = await lockStreams(trx, [stream])
        const isOver = (fields: Readonly<Record<string, unknown>>) =>
          typeof (fields['endedAt'] ?? fields['at']) === 'string' &&
          String(fields['endedAt'] ?? fields['at']) < before
        const tops = (await loadRecords(trx, [stream], wanted)).filter(
          ({ removed, fields }) => !removed && isOver(fields),
        )
        const known = new Set(tops.map(({ id }) => id))
        const below = (await loadBelow(trx, [stream], [...known])).filter(
          ({ id }) => !known.has(id),
        )
        await bury(trx, [...below, ...tops], locked, 'errand', clock, ({ kind, fields }) =>
          kind === 'errand' ? { request: fields['request'], stream: fields['stream'] } : {},
        )
        if (tops.length > 0) moved.add(stream)
      })
    }
  })
  return [...moved]
}
