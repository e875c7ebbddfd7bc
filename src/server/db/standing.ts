/**
 * How a grid stands, in one row: its tallies as numbers in a fixed order, so that an overview reads as many rows as
 * there are grids. Moved in the transaction that moves the tallies, under the lock of the grid's stream: nobody waits
 * for it who does not wait for the stream.
 */
import { sql, type Kysely, type Transaction } from 'kysely'
import { colourKeys } from '#domain/level.ts'
import type { Database } from './schema.ts'

const residences = ['floating', 'apart', 'settled'] as const

/** Where the colours of residents and of dwellings, the residents by residence and the households begin. */
export const standingOrder = {
  residents: 0,
  dwellings: colourKeys.length,
  residence: 2 * colourKeys.length,
  households: 2 * colourKeys.length + residences.length,
} as const

const length = standingOrder.households + 1

export interface Tally {
  readonly kind: string
  readonly colour: string
  readonly residence: string
  readonly n: number
}

/** Adds what tallies moved by, to the row of each stream; none where they come to nothing. */
export async function moveStandings(
  trx: Transaction<Database>,
  moves: Iterable<readonly [stream: string, tallies: readonly Tally[]]>,
): Promise<void> {
  const rows = [...moves]
    .map(([stream, tallies]) => ({ stream, by: standingOf(tallies) }))
    .filter(({ by }) => by.some((n) => n !== 0))
  if (rows.length === 0) return
  const sums = sql.join(
    Array.from(
      { length },
      (_, at) => sql`standing.n[${sql.lit(at + 1)}] + excluded.n[${sql.lit(at + 1)}]`,
    ),
  )
  await sql`
    insert into standing (stream, n)
    values ${sql.join(rows.map(({ stream, by }) => sql`(${stream}::uuid, ${sql.val(by)}::integer[])`))}
    on conflict (stream) do update set n = array[${sums}]`.execute(trx)
}

/** Tallies in the order of a row; those of an unknown colour or residence are in no sum. */
export function standingOf(tallies: readonly Tally[]): readonly number[] {
  const sums = Array<number>(length).fill(0)
  const add = (at: number, n: number) => (sums[at] = (sums[at] ?? 0) + n)
  const addColour = (from: number, colour: string, n: number) => {
    const at = (colourKeys as readonly string[]).indexOf(colour)
    if (at >= 0) add(from + at, n)
  }
  for (const { kind, colour, residence, n } of tallies) {
    if (kind === 'household') add(standingOrder.households, n)
    else if (kind === 'dwelling') addColour(standingOrder.dwellings, colour, n)
    else if (kind === 'resident') {
      addColour(standingOrder.residents, colour, n)
      const at = (residences as readonly string[]).indexOf(residence)
      if (at >= 0) add(standingOrder.residence + at, n)
    }
  }
  return sums
}

export async function readStanding(
  db: Kysely<Database>,
  streams: readonly string[],
): Promise<Map<string, readonly number[]>> {
  if (streams.length === 0) return new Map()
  const rows = await db
    .selectFrom('standing')
    .select(['stream', 'n'])
    .where('stream', '=', sql<string>`any(${sql.val([...streams])}::uuid[])`)
    .execute()
  return new Map(rows.map(({ stream, n }) => [stream, n]))
}

/** Residents of a place, in whatever colour; one without a standing has none. */
export function residentsOf(standing: readonly number[] | undefined): number {
  const colours = standing?.slice(standingOrder.residents, standingOrder.dwellings) ?? []
  return colours.reduce((sum, n) => sum + n, 0)
}
