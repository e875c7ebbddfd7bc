/** Streams and the tree of places that gives them their readers. */
import { sql, type Kysely, type Transaction } from 'kysely'
import type { Role } from '#domain/account.ts'
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
  const { rows } = await sql<GridBelow>`
    with recursive below as (
      select place as id from account_place where account = ${account}
      union
      select place.id from place join below on place.parent = below.id
    ), kinds as (
      select place.id, place.parent, record.fields->>'placeKind' as kind
      from below join place on place.id = below.id
      left join record on record.stream = place.id and record.id = place.id
    )
    select kinds.id as stream, kinds.parent as above,
      coalesce(case when kinds.kind = 'micro-grid' then grid.parent end, kinds.parent, kinds.id) as place
    from kinds left join place as grid on grid.id = kinds.parent
    where kinds.kind in ('grid', 'micro-grid') or (
      kinds.kind is distinct from 'unit' and not exists (
        select from kinds as under
        where under.parent = kinds.id and under.kind is distinct from 'unit'
      )
    )
    order by place, stream`.execute(db)
  return rows
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
}

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

/** Locks streams in order of id, so that two pushes can wait for each other but never in a circle. */
export async function lockStreams(
  trx: Transaction<Database>,
  ids: readonly string[],
): Promise<Map<string, StreamRow>> {
  if (ids.length === 0) return new Map()
  const rows = await trx
    .selectFrom('stream')
    .selectAll()
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

export interface ScopedStream extends Pick<StreamRow, 'id' | 'epoch' | 'head' | 'floor' | 'proof'> {
  /** In the account's own part of the tree; the streams above it are for reading. */
  readonly own: boolean
  /** A whole subdistrict that the account was given: no place is above it. */
  readonly root: boolean
}

/** The streams of an account: its places with all below them, and the way up to the root. */
export async function streamsOf(db: Kysely<Database>, account: string): Promise<ScopedStream[]> {
  const { rows } = await sql<ScopedStream>`
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
    select stream.id, stream.epoch, stream.head, stream.floor, stream.proof, (below.id is not null) as own,
      (account_place.place is not null and place.parent is null) as root
    from stream
    join place on place.id = stream.id
    left join account_place
      on account_place.place = stream.id and account_place.account = ${account}
    left join below on below.id = stream.id
    left join above on above.id = stream.id
    where below.id is not null or above.id is not null
    order by stream.id`.execute(db)
  return rows
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
