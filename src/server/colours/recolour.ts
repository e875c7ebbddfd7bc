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
  const newest = await sql<{ stream: string; id: string }>`
    select distinct on (stream) stream, id from record
    where kind = 'scheme' and not removed
    order by stream, version desc`.execute(db)
  const schemeIn = new Map(newest.rows.map(({ stream, id }) => [stream, id]))
  const streams = await db
    .selectFrom('stream')
    .select(['id', 'coloured_by', 'coloured_with'])
    .orderBy('id')
    .execute()
  const places = await db.selectFrom('place').select(['id', 'parent']).execute()
  const parents = new Map(places.map(({ id, parent }) => [id, parent]))
  const force = new Map<string, string>()
  const forceAt = (id: string): string => {
    const known = force.get(id)
    if (known !== undefined) return known
    const above = parents.get(id)
    const found = schemeIn.get(id) ?? (above ? forceAt(above) : defaultSchemeId)
    force.set(id, found)
    return found
  }
  return streams
    .filter(
      ({ id, coloured_by, coloured_with }) =>
        coloured_with < edition || (coloured_by ?? defaultSchemeId) !== forceAt(id),
    )
    .map(({ id }) => id)
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
