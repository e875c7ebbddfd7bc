/** What waits for a decision in some streams, in numbers; and people among them who have something in common. */
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Day } from '#domain/day.ts'
import type { PairSlice } from '#domain/pair-slices.ts'
import type { ReviewFigures } from '#protocol/review.ts'
import { listOf } from './place-tree.ts'
import type { Database } from './schema.ts'
import type { PersonKey } from './table.ts'

export type WaitingIn = ReviewFigures['places'][number]

/** By stream, where anything waits: clashes that nobody settled, people and doors with a colour that others proposed. */
export async function waitingIn(
  db: Kysely<Database>,
  streams: readonly string[],
  account: string,
  today: Day,
): Promise<WaitingIn[]> {
  if (streams.length === 0) return []
  const { rows } = await sql<WaitingIn>`
    select stream as id, (count(*) filter (where kind = 'clash'))::int as clashes,
      (count(*) filter (where kind <> 'clash'))::int as colours
    from record
    where stream = ${listOf(streams)} and not removed and (
      (kind = 'clash' and coalesce(fields->>'settled', 'false') <> 'true')
      or (kind in ('resident', 'dwelling') and jsonb_typeof(fields->'overrides') = 'array'
        and coalesce(fields->>'movedOutOn', fields->>'diedOn', fields->>'mergedInto') is null
        and exists (
          select from jsonb_array_elements(fields->'overrides') one
          where one->>'withdrawnOn' is null and one->>'review' is null
            and one->>'until' >= ${today} and one->>'by' <> ${account}
        ))
    )
    group by stream order by stream`.execute(db)
  return rows
}

/** What more share says nothing: a birthday that nobody knew, a name that half a village has. */
const mostAlike = 12

/** Groups of people who have the same of a slice. */
export async function alikeIn(
  db: Kysely<Database>,
  streams: readonly string[],
  slice: PairSlice,
  limit: number,
): Promise<readonly (readonly PersonKey[])[]> {
  if (streams.length === 0) return []
  const { rows } = await sql<{ people: PersonKey[] }>`
    select jsonb_agg(jsonb_build_object('stream', stream, 'id', id) order by id) as people
    from (${keysOf(slice, streams)}) as alike
    group by key having count(*) between 2 and ${mostAlike}
    order by key limit ${limit}`.execute(db)
  return rows.map(({ people }) => people)
}

function keysOf(slice: PairSlice, streams: readonly string[]): RawBuilder<unknown> {
  const people = sql`stream = ${listOf(streams)} and kind = 'resident' and not removed
    and fields->>'mergedInto' is null`
  switch (slice.by) {
    case 'document':
      return sql`select stream, id, upper(fields->>'documentNumber') as key from record
        where ${people} and coalesce(fields->>'documentNumber', '') <> ''`
    case 'birth':
      return sql`select stream, id, (fields->>'birth') || ' ' || (fields->>'name') as key from record
        where ${people} and substr(fields->>'birth', 6, 2) = ${slice.month}`
    case 'phone':
      return sql`select stream, id, phone || ' ' || (fields->>'name') as key
        from record, jsonb_array_elements_text(
          case when jsonb_typeof(fields->'phones') = 'array' then fields->'phones' else '[]' end
        ) as phone
        where ${people} and right(phone, 1) = ${slice.digit}`
  }
}
