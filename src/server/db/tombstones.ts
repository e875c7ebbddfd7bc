/** Tombstones: kept long enough for every device that is still in use, and then for none. */
import { sql, type Kysely } from 'kysely'
import type { Database } from './schema.ts'
import { eachInTurn } from './each-in-turn.ts'
import { lockStreams } from './streams.ts'
import { transact } from './transact.ts'

/** A device that was away for longer gets a fresh snapshot, in which what is gone is simply not there. */
export const tombstoneDays = 180

/**
 * Removes old tombstones, stream by stream, and raises each floor above them. Returns how many went. `isHeld`:
 * streams in which nothing is destroyed just now.
 */
export async function purgeTombstones(
  db: Kysely<Database>,
  now: number,
  isHeld: (stream: string) => boolean = () => false,
): Promise<number> {
  const before = new Date(now - tombstoneDays * 86_400_000).toISOString()
  const { rows } = await sql<{ stream: string; last: number }>`
    select record.stream, max(record.version) as last
    from record join change
      on change.stream = record.stream and change.version = record.version
    where record.removed and change.received_at < ${before}::timestamptz
    group by record.stream
    order by record.stream`.execute(db)
  let purged = 0
  await eachInTurn(rows, async ({ stream, last }) => {
    if (isHeld(stream)) return
    purged += await transact(db, async (trx) => {
      await lockStreams(trx, [stream])
      // The id stays taken: it is in addresses, in files and on paper, and never means another record.
      await sql`
        insert into spent_id (stream, id)
        select stream, id from record
        where stream = ${stream}::uuid and removed and version <= ${last}
        on conflict do nothing`.execute(trx)
      // All up to the last old one: versions are in the order of time, so none of them is younger.
      const { numDeletedRows } = await trx
        .deleteFrom('record')
        .where('stream', '=', stream)
        .where('removed', '=', true)
        .where('version', '<=', last)
        .executeTakeFirst()
      await trx
        .updateTable('stream')
        .set({ floor: sql<number>`greatest(floor, ${last}::bigint)` })
        .where('id', '=', stream)
        .execute()
      // Cursors below the floor are set anew, whatever they prove.
      await trx
        .deleteFrom('stream_proof')
        .where('stream', '=', stream)
        .where('version', '<', sql<number>`(select floor from stream where id = ${stream})`)
        .execute()
      return Number(numDeletedRows)
    })
  })
  return purged
}
