/** The tree of places with what stands in it: kinds and names lie in each place's own stream. */
import { sql, type Kysely } from 'kysely'
import { isGrid, type PlaceKind } from '#domain/place.ts'
import { takesBuildings } from '#domain/place-rules.ts'
import { listOf, namesOfPlaces, treeBelow } from './place-tree.ts'
import type { Database } from './schema.ts'

export interface PlaceRow {
  readonly id: string
  readonly parent: string | null
  readonly kind: PlaceKind | null
  readonly name: string | null
  readonly code: string | null
  readonly closed: boolean
}

/** The places of an account with all below them. */
export async function placesBelow(
  db: Kysely<Database>,
  account: string,
): Promise<Map<string, PlaceRow>> {
  const tree = await treeBelow(db, account)
  const ids = tree.map(({ id }) => id)
  const { rows: heads } = await sql<{ id: string; closed: boolean }>`
    select id, closed_at is not null as closed from stream where id = ${listOf(ids)}`.execute(db)
  const closedOf = new Map(heads.map(({ id, closed }) => [id, closed]))
  const names = await namesOfPlaces(db, ids)
  const rows = tree.flatMap(({ id, parent }) => {
    const closed = closedOf.get(id)
    if (closed === undefined) return []
    const { kind = null, name = null, code = null } = names.get(id) ?? {}
    return [{ id, parent, kind: kind as PlaceKind | null, name, code, closed }]
  })
  return new Map(rows.map((row) => [row.id, row]))
}

/** Whether buildings stand in a place, or would. Among places of which those below it are known. */
export function holdsBuildings(
  { id, kind }: PlaceRow,
  places: ReadonlyMap<string, PlaceRow>,
): boolean {
  if (kind !== null && isGrid(kind)) return true
  const below = [...places.values()].filter((one) => one.parent === id)
  // Of a place whose kind has not come only what stands below it tells.
  return takesBuildings(
    kind ?? 'community',
    below.map((one) => one.kind),
  )
}

/** What places say of themselves, each in its own stream; one that never said it is not in it. */
export async function placeRecordsOf(
  db: Kysely<Database>,
  places: readonly string[],
): Promise<Map<string, { readonly version: number; readonly fields: Record<string, unknown> }>> {
  if (places.length === 0) return new Map()
  const { rows } = await sql<{ id: string; version: number; fields: Record<string, unknown> }>`
    select record.id, record.version, record.fields
    from unnest(${sql.val([...places])}::uuid[]) as wanted (id)
    join record on record.stream = wanted.id and record.id = wanted.id
    where record.stream = ${listOf(places)} and not record.removed`.execute(db)
  return new Map(rows.map(({ id, ...record }) => [id, record]))
}

/** A place as an act leaves it: where it stands, what it is called, whether it is open. */
export async function stateOfPlace(db: Kysely<Database>, id: string): Promise<unknown> {
  const { rows } = await sql`
    select place.parent, record.fields->>'placeKind' as kind, record.fields->>'name' as name,
      record.fields->>'code' as code, stream.closed_at is not null as closed, stream.successor
    from place
    join stream on stream.id = place.id
    left join record on record.stream = place.id and record.id = place.id
    where place.id = ${id}`.execute(db)
  return rows[0] ?? null
}

/** From the parent up to the root. */
export async function placesAbove(db: Kysely<Database>, place: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive up as (
      select parent as id, 1 as depth from place where id = ${place}
      union all
      select place.parent, up.depth + 1 from place join up on place.id = up.id
    )
    select id from up where id is not null order by depth`.execute(db)
  return rows.map(({ id }) => id)
}

export interface PlaceFigures {
  readonly id: string
  readonly residents: number
  readonly households: number
  readonly dwellings: number
}

/** Residents, households and dwellings of streams by their tallies: as many rows as there are colours, not people. */
export async function figuresOf(
  db: Kysely<Database>,
  places: readonly string[],
): Promise<PlaceFigures[]> {
  const { rows } = await sql<PlaceFigures>`
    select stream as id,
      coalesce(sum(n) filter (where kind = 'resident'), 0)::integer as residents,
      coalesce(sum(n) filter (where kind = 'household'), 0)::integer as households,
      coalesce(sum(n) filter (where kind = 'dwelling'), 0)::integer as dwellings
    from tally
    where stream = any(${sql.val([...places])}::uuid[])
    group by stream`.execute(db)
  return rows
}

/** Ids of what lives in a stream of a kind that goes to another grid as a whole. */
export async function livingOf(
  db: Kysely<Database>,
  stream: string,
  kind: 'building' | 'fund',
): Promise<string[]> {
  const rows = await db
    .selectFrom('record')
    .select('id')
    .where('stream', '=', stream)
    .where('kind', '=', kind)
    .where('removed', '=', false)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** People who work there; those of closed accounts do not. */
export async function workersOf(db: Kysely<Database>, place: string): Promise<string[]> {
  const rows = await db
    .selectFrom('account_place')
    .innerJoin('account', 'account.id', 'account_place.account')
    .select('account.id')
    .where('account_place.place', '=', place)
    .where('account.closed', '=', false)
    .orderBy('account.id')
    .execute()
  return rows.map(({ id }) => id)
}
