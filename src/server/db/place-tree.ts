/**
 * The tree of places by itself: small, and on every machine of an engine that has several. Whoever wants rows of these
 * places reads the tree first and names the streams then; one statement for both would ask every machine.
 */
import { sql, type Kysely } from 'kysely'
import type { Database } from './schema.ts'

/** Ids as a list that a statement names them by. */
export function listOf(ids: Iterable<string>) {
  return sql<string>`any(${sql.val([...new Set(ids)])}::uuid[])`
}

/** That a column is one of some ids. One alone is named as one: whatever the statement does besides, it goes to its machine. */
export function amongIds(ids: Iterable<string>) {
  const [first, ...more] = new Set(ids)
  return first !== undefined && more.length === 0
    ? sql`= ${first}::uuid`
    : sql`= ${listOf(first === undefined ? [] : [first, ...more])}`
}

export interface TreePlace {
  readonly id: string
  readonly parent: string | null
  /** The one above its parent. */
  readonly grandparent: string | null
}

/** The places of an account with all below them. */
export async function treeBelow(db: Kysely<Database>, account: string): Promise<TreePlace[]> {
  const { rows } = await sql<TreePlace>`
    with recursive below as (
      select place as id from account_place where account = ${account}
      union
      select place.id from place join below on place.parent = below.id
    )
    select place.id, place.parent, above.parent as grandparent
    from below join place on place.id = below.id
    left join place as above on above.id = place.parent
    order by place.id`.execute(db)
  return rows
}

/** Some places with all below them. */
export async function placesUnder(
  db: Kysely<Database>,
  places: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive below as (
      select id from place where id = ${listOf(places)}
      union
      select place.id from place join below on place.parent = below.id
    )
    select id from below`.execute(db)
  return rows.map(({ id }) => id)
}

export async function idsBelow(db: Kysely<Database>, account: string): Promise<string[]> {
  return (await treeBelow(db, account)).map(({ id }) => id)
}

export interface PlaceName {
  readonly kind: string | null
  readonly name: string | null
  readonly code: string | null
  /** Among those of the same parent. */
  readonly order: number | null
}

/** What places are called; one that never said it is not in it. By a table that every machine has. */
export async function namesOfPlaces(
  db: Kysely<Database>,
  places: readonly string[],
): Promise<Map<string, PlaceName>> {
  if (places.length === 0) return new Map()
  // Joined: the primary key is then looked up once for each place.
  const { rows } = await sql<PlaceName & { id: string }>`
    select place_rule.id, fields->>'placeKind' as kind, fields->>'name' as name,
      fields->>'code' as code, (fields->>'order')::float8 as order
    from unnest(${sql.val([...new Set(places)])}::uuid[]) as wanted (id)
    join place_rule on place_rule.place = wanted.id and place_rule.id = wanted.id`.execute(db)
  return new Map(rows.map(({ id, ...name }) => [id, name]))
}
