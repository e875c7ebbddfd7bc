/** Streams and the tree of places that gives them their readers. */
import { sql, type Kysely, type Transaction } from 'kysely'
import type { Role } from '#domain/account.ts'
import { listOf, namesOfPlaces, treeBelow } from './place-tree.ts'
import type { Database } from './schema.ts'

export interface GridBelow {
  readonly stream: string
  /** The community, village or cooperative that it belongs to. */
  readonly place: string
  /** The place next above it. */
  readonly above: string | null
}

/** Places of an account's own part of the tree that take buildings (`takesBuildings`), those of a community together. */
export async function gridsBelow(db: Kysely<Database>, account: string): Promise<GridBelow[]> {
  const tree = await treeBelow(db, account)
  const names = await namesOfPlaces(
    db,
    tree.map(({ id }) => id),
  )
  const kindOf = (id: string) => names.get(id)?.kind ?? null
  const withSomeBelow = new Set(
    tree.flatMap(({ id, parent }) => (parent !== null && kindOf(id) !== 'unit' ? [parent] : [])),
  )
  const takesBuildings = (id: string) => {
    const kind = kindOf(id)
    if (kind === 'grid' || kind === 'micro-grid') return true
    return kind !== 'unit' && !withSomeBelow.has(id)
  }
  return tree
    .filter(({ id }) => takesBuildings(id))
    .map(({ id, parent, grandparent }) => {
      const community = kindOf(id) === 'micro-grid' ? grandparent : null
      return { stream: id, above: parent, place: community ?? parent ?? id }
    })
    .sort((a, b) => compare(a.place, b.place) || compare(a.stream, b.stream))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** How many grids an account holds: a grid with its micro-grids is one. */
export async function countGrids(db: Kysely<Database>, account: string): Promise<number> {
  const grids = await gridsBelow(db, account)
  const held = new Set(grids.map(({ stream }) => stream))
  return grids.filter(({ above }) => above === null || !held.has(above)).length
}

export interface StreamRow {
  readonly id: string
  readonly epoch: number
  readonly head: number
  readonly floor: number
  readonly proof: string
  readonly closed_at: Date | null
  readonly successor: string | null
  readonly coloured_by: string | null
  readonly coloured_with: number
}

const ofRow = [
  ...(['id', 'epoch', 'head', 'floor', 'proof', 'closed_at', 'successor'] as const),
  ...(['coloured_by', 'coloured_with'] as const),
]

/** A new place with its empty stream. */
export async function createPlace(
  db: Kysely<Database>,
  place: { readonly id: string; readonly parent: string | null; readonly epoch: number },
): Promise<void> {
  await db.insertInto('place').values({ id: place.id, parent: place.parent }).execute()
  await db
    .insertInto('stream')
    .values({ id: place.id, epoch: place.epoch, head: 0, floor: 0 })
    .execute()
}

/**
 * Locks streams in order of id, so that two pushes can wait for each other but never in a circle; each by itself.
 * `isHasty`: one that somebody else holds is left out instead of waited for.
 */
export async function lockStreams(
  trx: Transaction<Database>,
  ids: readonly string[],
  { isHasty = false }: { readonly isHasty?: boolean } = {},
): Promise<Map<string, StreamRow>> {
  const found = new Map<string, StreamRow>()
  for (const id of [...new Set(ids.map((one) => one.toLowerCase()))].sort()) {
    const row = await trx
      .selectFrom('stream')
      .select(ofRow)
      .where('id', '=', id)
      .forUpdate()
      .$if(isHasty, (query) => query.skipLocked())
      .executeTakeFirst()
    if (row) found.set(row.id, row)
  }
  return found
}

export interface ScopedStream extends Pick<StreamRow, 'id' | 'epoch' | 'head' | 'floor' | 'proof'> {
  /** In the account's own part of the tree; the streams above it are for reading. */
  readonly own: boolean
  /** A whole subdistrict that the account was given: no place is above it. */
  readonly root: boolean
}

/** The streams of an account: its places with all below them, and the way up to the root. */
export async function streamsOf(db: Kysely<Database>, account: string): Promise<ScopedStream[]> {
  const { rows: scope } = await sql<Pick<ScopedStream, 'id' | 'own' | 'root'>>`
    with recursive below as (
      select place as id from account_place where account = ${account}
      union
      select place.id from place join below on place.parent = below.id
    ), above as (
      select place.parent as id from place join account_place on account_place.place = place.id
      where account_place.account = ${account} and place.parent is not null
      union
      select place.parent from place join above on place.id = above.id where place.parent is not null
    )
    select place.id, (below.id is not null) as own,
      (account_place.place is not null and place.parent is null) as root
    from (select id from below union select id from above) as scope
    join place on place.id = scope.id
    left join account_place
      on account_place.place = place.id and account_place.account = ${account}
    left join below on below.id = place.id`.execute(db)
  if (scope.length === 0) return []
  const { rows } = await sql<Omit<ScopedStream, 'own' | 'root'>>`
    select id, epoch, head, floor, proof from stream
    where id = ${listOf(scope.map(({ id }) => id))}
    order by id`.execute(db)
  const places = new Map(scope.map((place) => [place.id, place]))
  return rows.map((row) => {
    const { own = false, root = false } = places.get(row.id) ?? {}
    return { ...row, own, root }
  })
}

/** Streams that were an account's until a moment, with its role of then; of several moments the last one. */
export async function lateStreamsOf(
  db: Kysely<Database>,
  account: string,
  since: Date,
): Promise<{ readonly id: string; readonly role: Role; readonly until: Date }[]> {
  const { rows } = await sql<{ id: string; role: Role; until: Date }>`
    with recursive below as (
      select place as id, role, until from late_place
      where account = ${account} and until > ${since.toISOString()}::timestamptz
      union
      select place.id, below.role, below.until from place join below on place.parent = below.id
    )
    select distinct on (id) id, role, until from below order by id, until desc`.execute(db)
  return rows
}
