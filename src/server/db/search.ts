/** Residents and doors of some streams by what stands in the indexes of migration 0190: bounded, whatever is asked. */
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { isPresent } from '#domain/resident.ts'
import type { Beyond } from '#domain/search-beyond.ts'
import { isNumbered, matchDigits, plainNumber } from '#domain/search-query.ts'
import { documentKey } from '#domain/document-key.ts'
import { keysExpression, nameExpression, phonesExpression } from './migrations/0190-search.ts'
import { listOf } from './place-tree.ts'
import type { Database } from './schema.ts'

interface Person {
  readonly name?: string | undefined
  readonly sex?: string | null | undefined
  readonly birth?: string | null | undefined
  readonly documentNumber?: string | null | undefined
  readonly phones?: readonly string[] | null | undefined
  readonly movedOutOn?: string | null | undefined
  readonly diedOn?: string | null | undefined
  readonly mergedInto?: string | null | undefined
}

export interface FoundDoor {
  readonly stream: string
  readonly dwelling: string
  readonly estate: string
  readonly building: string
  readonly units: number
  readonly unit: string | null
  readonly floor: number
  readonly room: string
}

export type FoundRow =
  | {
      readonly kind: 'resident'
      readonly stream: string
      readonly id: string
      readonly person: Person
      readonly matched: 'name' | 'document' | 'telephone'
      readonly door: FoundDoor | null
    }
  | {
      readonly kind: 'dwelling'
      readonly stream: string
      readonly id: string
      readonly matched: 'room'
      readonly door: FoundDoor
    }

export interface FoundRows {
  readonly rows: readonly FoundRow[]
  /** There are more than these. */
  readonly more: boolean
}

const keys = sql.raw(keysExpression)
const nameOf = sql.raw(nameExpression)
const phonesOf = sql.raw(phonesExpression)

/** So many with the same last figures are looked at; of a tail that more have, the whole number is asked. */
const mostLooked = 400

/** At most `limit` rows of these streams: who lives there before who lived there, what is meant exactly before what holds it. */
export async function searchStreams(
  db: Kysely<Database>,
  streams: readonly string[],
  ways: readonly Beyond[],
  limit: number,
): Promise<FoundRows> {
  if (streams.length === 0) return { rows: [], more: false }
  const rows: FoundRow[] = []
  for (const wanted of ways) {
    const found = await searchOneWay(db, streams, wanted, limit - rows.length)
    rows.push(...found.rows)
    if (found.more) return { rows, more: true }
  }
  return { rows, more: false }
}

async function searchOneWay(
  db: Kysely<Database>,
  streams: readonly string[],
  wanted: Beyond,
  limit: number,
): Promise<FoundRows> {
  if (wanted.by === 'door') return findDoors(db, streams, wanted, limit)
  const found =
    wanted.by === 'name'
      ? await byName(db, streams, wanted.name, limit)
      : await byDigits(db, streams, wanted, limit)
  const doors = await doorsOf(db, found.slice(0, limit))
  const rows = found.slice(0, limit).map(({ stream, id, household, fields, matched }) => ({
    ...({ kind: 'resident', stream, id, person: fields, matched } as const),
    door: doors.get(`${stream} ${household}`) ?? null,
  }))
  return { rows, more: found.length > limit }
}

interface FoundPerson {
  readonly stream: string
  readonly id: string
  readonly household: string | null
  readonly fields: Person
  readonly matched: 'name' | 'document' | 'telephone'
}

const isGone = sql`coalesce(fields->>'movedOutOn', fields->>'diedOn', fields->>'mergedInto') is not null`

async function byName(
  db: Kysely<Database>,
  streams: readonly string[],
  name: string,
  limit: number,
): Promise<FoundPerson[]> {
  // A database may know capitals of the plain alphabet alone.
  const spellings = [...new Set([name, lowerOthers(name)])]
  const holding = spellings.map(
    (one) =>
      sql`(${keys} @> ${sql.val(pairsOf(one))}::text[] and position(${one} in ${nameOf}) > 0)`,
  )
  const { rows } = await sql<Omit<FoundPerson, 'matched'>>`
    select stream, id, parent as household, fields from record
    where stream = ${listOf(streams)} and kind = 'resident' and not removed
      and (${sql.join(holding, sql` or `)})
    order by ${isGone}, ${nameOf} <> ${name}, position(${name} in ${nameOf}) <> 1, ${nameOf}, id
    limit ${limit + 1}`.execute(db)
  return rows.map((row) => ({ ...row, matched: 'name' }))
}

/** Each two neighbours. */
function pairsOf(name: string): string[] {
  const letters = [...name]
  return letters.slice(1).map((letter, at) => `${letters[at] ?? ''}${letter}`)
}

function lowerOthers(name: string): string {
  return name.replace(/[^A-Z]/gu, (letter) => letter.toLowerCase())
}

async function byDigits(
  db: Kysely<Database>,
  streams: readonly string[],
  { digits: typed, isWhole }: Extract<Beyond, { by: 'number' }>,
  limit: number,
): Promise<FoundPerson[]> {
  const numbers = [...new Set([typed, documentKey(typed)])]
  const tails = new Set(
    numbers.flatMap((number) => [
      `p${number.slice(-4)}`,
      `d${number.slice(-4)}`,
      // Of one of 15 figures the register keeps what was written: the check figure is only reckoned.
      `D${number.slice(-4, -1)}`,
    ]),
  )
  const ends = numbers.map((number) => ends_with(number))
  const { rows } = await sql<Omit<FoundPerson, 'matched'>>`
    select stream, id, parent as household, fields from record
    where stream = ${listOf(streams)} and kind = 'resident' and not removed
      and ${keys} && ${sql.val([...tails])}::text[]
      and (length(fields->>'documentNumber') = 15 or ${sql.join(ends, sql` or `)})
    order by ${isGone}, ${nameOf}, id
    limit ${mostLooked}`.execute(db)
  return rows
    .flatMap((row) => {
      const matched = numbers
        .map((number) => matchDigits(row.fields, number, isWhole))
        .find(Boolean)
      return matched ? [{ ...row, matched }] : []
    })
    .sort((a, b) => Number(!isPresent(a.fields)) - Number(!isPresent(b.fields)))
    .slice(0, limit + 1)
}

function ends_with(number: string): RawBuilder<unknown> {
  return sql`right(fields->>'documentNumber', ${number.length}) = ${number}
    or position(${`${number}"`} in ${phonesOf}) > 0`
}

const doorColumns = sql`
  dwelling.stream, dwelling.id as dwelling, building.fields->>'estate' as estate,
  building.fields->>'name' as building, coalesce((building.fields->>'units')::int, 0) as units,
  dwelling.fields->>'unit' as unit, coalesce((dwelling.fields->>'floor')::int, 0) as floor,
  dwelling.fields->>'room' as room`

/** By stream and household. */
export async function doorsOf(
  db: Kysely<Database>,
  people: readonly { readonly stream: string; readonly household: string | null }[],
): Promise<Map<string, FoundDoor>> {
  const households = people.flatMap(({ household }) => household ?? [])
  if (households.length === 0) return new Map()
  const { rows } = await sql<FoundDoor & { household: string }>`
    select household.id as household, ${doorColumns}
    from record as household
    join record as dwelling on dwelling.stream = household.stream and dwelling.id = household.parent
    join record as building on building.stream = dwelling.stream and building.id = dwelling.parent
    where household.stream = ${listOf(people.map(({ stream }) => stream))}
      and household.id = ${listOf(households)} and not dwelling.removed and not building.removed`.execute(
    db,
  )
  return new Map(rows.map(({ household, ...door }) => [`${door.stream} ${household}`, door]))
}

async function findDoors(
  db: Kysely<Database>,
  streams: readonly string[],
  { room: asked, estate }: Extract<Beyond, { by: 'door' }>,
  limit: number,
): Promise<FoundRows> {
  const number = plainNumber(asked.building) ?? null
  const unit = plainNumber(asked.unit) ?? null
  const room = asked.room.toUpperCase()
  // Few buildings have the name and the estate; only their doors are looked at.
  const { rows: buildings } = await sql<{ stream: string; id: string; name: string }>`
    select stream, id, fields->>'name' as name from record
    where stream = ${listOf(streams)} and kind = 'building' and not removed
      and position(${estate ?? ''} in fields->>'estate') > 0
      and starts_with(fields->>'name', ${number ?? ''})`.execute(db)
  const meant = buildings.filter(({ name }) => number === null || isNumbered(name, number))
  if (meant.length === 0) return { rows: [], more: false }
  const { rows } = await sql<FoundDoor>`
    select ${doorColumns}
    from record as dwelling
    join record as building on building.stream = dwelling.stream and building.id = dwelling.parent
    where dwelling.stream = ${listOf(meant.map(({ stream }) => stream))}
      and dwelling.parent = ${listOf(meant.map(({ id }) => id))}
      and dwelling.kind = 'dwelling' and not dwelling.removed
      and upper(dwelling.fields->>'room') ~>=~ ${room}
      and upper(dwelling.fields->>'room') ~<~ ${`${room}\u{10ffff}`}
      and (${unit}::text is null or dwelling.fields->>'unit' = ${unit})
    order by upper(dwelling.fields->>'room') <> ${room}, building.fields->>'estate',
      length(building.fields->>'name'), building.fields->>'name', dwelling.fields->>'unit', dwelling.fields->>'room',
      dwelling.id
    limit ${limit + 1}`.execute(db)
  return {
    rows: rows.slice(0, limit).map((door) => ({
      ...({
        kind: 'dwelling',
        stream: door.stream,
        id: door.dwelling,
        matched: 'room',
        door,
      } as const),
    })),
    more: rows.length > limit,
  }
}
