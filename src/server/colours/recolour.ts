/** After a new scheme: every stream below its place is coloured anew, one at a time, each locked briefly. */
import { sql, type Kysely, type Transaction } from 'kysely'
import { defaultSchemeId } from '#domain/default-scheme.ts'
import type { Database } from '../db/schema.ts'
import { eachInTurn } from '../db/each-in-turn.ts'
import { lockStreams } from '../db/streams.ts'
import { transact } from '../db/transact.ts'
import { colourStream, edition, type ColourClock } from './fill.ts'
import { schemeOf } from './scheme.ts'

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
 * others are coloured all the same, and what failed is thrown at the end. `isBackwards`: a second server begins at the
 * other end; what the other one has done meanwhile is found done, under the lock.
 */
export async function recolourStale(
  db: Kysely<Database>,
  clock: ColourClock,
  onMoved: (stream: string) => void,
  signal?: AbortSignal,
  { isBackwards = false }: { readonly isBackwards?: boolean } = {},
): Promise<number> {
  let written = 0
  const stale = await staleStreams(db)
  if (isBackwards) stale.reverse()
  await eachInTurn(stale, async (stream) => {
    if (signal?.aborted) return
    const records = await transact(db, async (trx) => {
      if (!(await isStale(trx, stream))) return 0
      return colourStream(trx, stream, clock, 'scheme')
    })
    written += records
    if (records > 0) onMoved(stream)
  })
  return written
}

/** Whether it still is, of a stream that is locked from then on. */
async function isStale(trx: Transaction<Database>, stream: string): Promise<boolean> {
  const row = (await lockStreams(trx, [stream])).get(stream)
  if (!row) return false
  if (row.coloured_with < edition) return true
  return (row.coloured_by ?? defaultSchemeId) !== (await schemeOf(trx, stream)).id
}
