/** After a new scheme: every stream below its place is coloured anew, one at a time, each locked briefly. */
import { sql, type Kysely, type Transaction } from 'kysely'
import { defaultSchemeId } from '#domain/default-scheme.ts'
import type { Database } from '../db/schema.ts'
import { eachInTurn, throwAll } from '../db/each-in-turn.ts'
import { listOf } from '../db/place-tree.ts'
import { lockStreams } from '../db/streams.ts'
import { transact } from '../db/transact.ts'
import { colourStream, edition, type ColourClock } from './fill.ts'
import { schemeOf } from './scheme.ts'

/** What is to be coloured anew. */
interface Stale {
  readonly streams: readonly string[]
  /**
   * Of the places that have schemes of their own, by whose own stream a round knows whether everything below is of the
   * newest one: each with that scheme. Such a stream is coloured last of all that the scheme governs.
   */
  readonly schemeAt: ReadonlyMap<string, string>
  /** The place whose scheme governs a place; the place itself where it has one, null under the built-in one. */
  readonly governs: (place: string) => string | null
}

/**
 * Streams whose colours are of another scheme than the one in force there, or that an earlier version of the program
 * filled. What was begun and not finished is found again in the same way, so that a server may die in the middle of it.
 * Where no place has a new scheme, streams below it are not asked: a place that goes to another one is marked as of an
 * earlier version (`markStale`).
 */
export async function staleStreams(db: Kysely<Database>): Promise<string[]> {
  return [...(await findStale(db)).streams]
}

async function findStale(db: Kysely<Database>): Promise<Stale> {
  const newest = await sql<{ stream: string; id: string }>`
    select distinct on (stream) stream, id from record
    where kind = 'scheme' and not removed
    order by stream, version desc`.execute(db)
  const schemeAt = new Map(newest.rows.map(({ stream, id }) => [stream, id]))
  const places = await db.selectFrom('place').select(['id', 'parent']).orderBy('id').execute()
  const parents = new Map(places.map(({ id, parent }) => [id, parent]))
  const known = new Map<string, string | null>()
  const governs = (id: string): string | null => {
    const found = known.get(id)
    if (found !== undefined) return found
    const above = parents.get(id) ?? null
    const own = schemeAt.has(id) ? id : above === null ? null : governs(above)
    known.set(id, own)
    return own
  }
  const old = await db
    .selectFrom('stream')
    .select('id')
    .where('coloured_with', '<', edition)
    .execute()
  const behind = new Set(
    (await colouredBy(db, [...schemeAt.keys()]))
      .filter(({ id, coloured_by }) => coloured_by !== schemeAt.get(id))
      .map(({ id }) => id),
  )
  const stale = new Set(old.map(({ id }) => id))
  const below = places.flatMap(({ id }) => {
    const place = governs(id)
    return place !== null && behind.has(place) ? [id] : []
  })
  for (let from = 0; from < below.length; from += askedAtOnce) {
    for (const { id, coloured_by } of await colouredBy(db, below.slice(from, from + askedAtOnce))) {
      if (coloured_by !== schemeAt.get(governs(id) ?? '')) stale.add(id)
    }
  }
  return { streams: [...stale].sort(), schemeAt, governs }
}

const askedAtOnce = 2_000

async function colouredBy(db: Kysely<Database>, streams: readonly string[]) {
  if (streams.length === 0) return []
  return db
    .selectFrom('stream')
    .select(['id', 'coloured_by'])
    .where('id', '=', listOf(streams))
    .execute()
}

/** Has the next round colour some streams anew: their place lies below another one, and may be under another scheme. */
export async function markStale(
  trx: Transaction<Database>,
  streams: readonly string[],
): Promise<void> {
  await trx
    .updateTable('stream')
    .set({ coloured_with: 0 })
    .where('id', '=', listOf(streams))
    .execute()
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
  const colour = async (stream: string, scheme: string | null) => {
    if (signal?.aborted) return
    const records = await transact(db, async (trx) => {
      if (!(await isStale(trx, stream, scheme))) return 0
      return colourStream(trx, stream, clock, 'scheme')
    })
    written += records
    if (records > 0) onMoved(stream)
  }
  const { streams, schemeAt } = await findStale(db)
  const below = streams.filter((stream) => !schemeAt.has(stream))
  if (isBackwards) below.reverse()
  const faults: unknown[] = []
  await eachInTurn(below, (stream) => colour(stream, null)).catch((fault: unknown) => {
    faults.push(fault)
  })
  if (below.length < streams.length && !signal?.aborted) {
    // What failed, or what another server has in hand, keeps the place of its scheme from counting as done.
    const left = await findStale(db)
    const waiting = new Set(
      left.streams.flatMap((stream) => {
        const place = left.governs(stream)
        return place === null || place === stream ? [] : [place]
      }),
    )
    const done = left.streams.filter((stream) => left.schemeAt.has(stream) && !waiting.has(stream))
    await eachInTurn(done, (stream) => colour(stream, left.schemeAt.get(stream) ?? null)).catch(
      (fault: unknown) => {
        faults.push(fault)
      },
    )
  }
  throwAll(faults)
  return written
}

/**
 * Whether it still is, of a stream that is locked from then on. `scheme`: the one that all below it have; where a newer
 * one came meanwhile, the next round begins with those.
 */
async function isStale(
  trx: Transaction<Database>,
  stream: string,
  scheme: string | null,
): Promise<boolean> {
  const row = (await lockStreams(trx, [stream])).get(stream)
  if (!row) return false
  const inForce = (await schemeOf(trx, stream)).id
  if (scheme !== null && scheme !== inForce) return false
  return row.coloured_with < edition || (row.coloured_by ?? defaultSchemeId) !== inForce
}
