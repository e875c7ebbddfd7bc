/** After a new scheme: every stream below its place is coloured anew, one at a time, each locked briefly. */
import { sql, type Kysely } from 'kysely'
import { defaultSchemeId } from '#domain/default-scheme.ts'
import type { Database } from '../db/schema.ts'
import { eachInTurn } from '../db/each-in-turn.ts'
import { transact } from '../db/transact.ts'
import { colourStream, edition, type ColourClock } from './fill.ts'

/**
 * Streams whose colours are of another scheme than the one in force there, or that an earlier version of the program
 * filled. What was begun and not finished is found
 * again in the same way, so that a server may die in the middle of it.
 */
export async function staleStreams(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive newest as (
      select distinct on (stream) stream, id from record
      where kind = 'scheme' and not removed
      order by stream, version desc
    ), force as (
      select place.id, newest.id as scheme from place
      left join newest on newest.stream = place.id
      where place.parent is null
      union all
      select place.id, coalesce(newest.id, force.scheme) from place
      join force on place.parent = force.id
      left join newest on newest.stream = place.id
    )
    select stream.id from stream join force on force.id = stream.id
    where coalesce(stream.coloured_by, ${defaultSchemeId}::uuid)
      is distinct from coalesce(force.scheme, ${defaultSchemeId}::uuid)
      or stream.coloured_with < ${edition}
    order by stream.id`.execute(db)
  return rows.map(({ id }) => id)
}

/**
 * Returns how many five-colour records were written; calls back for each stream that got some. Where one fails the
 * others are coloured all the same, and what failed is thrown at the end.
 */
export async function recolourStale(
  db: Kysely<Database>,
  clock: ColourClock,
  onMoved: (stream: string) => void,
  signal?: AbortSignal,
): Promise<number> {
  let written = 0
  await eachInTurn(await staleStreams(db), async (stream) => {
    if (signal?.aborted) return
    const records = await transact(db, (trx) => colourStream(trx, stream, clock, 'scheme'))
    written += records
    if (records > 0) onMoved(stream)
  })
  return written
}
