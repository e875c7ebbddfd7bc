/**
 * What colours learn of requests, by resident: the requests of help that are open, or that were closed without it. A copy
 * of what `request_state` says, small and seldom written, of which every machine has one: whoever is helped may have
 * asked in any grid. Written in the transaction that moves the request; the calendar's round then looks at the colours
 * of those people, in whatever grid each of them is.
 */
import { sql, type Kysely, type Transaction } from 'kysely'
import type { HelpRequest } from '#domain/requests/help-facts.ts'
import { fillResidentHelp } from './migrations/0192-help-of-residents.ts'
import { listOf } from './place-tree.ts'
import type { Database } from './schema.ts'
import { lockStreams } from './streams.ts'
import { transact } from './transact.ts'

interface Key {
  readonly stream: string
  readonly request: string
}

/** Of a request, as its row says. */
export interface HelpState extends Key {
  readonly number: string
  readonly residents: readonly string[]
  readonly is_help: boolean
  readonly is_open: boolean
  readonly unmet_on: string | null
}

interface HelpRow extends Key {
  readonly resident: string
  readonly number: string
  readonly is_open: boolean
  readonly unmet_on: string | null
}

/** `keys`: requests that were counted anew; `states`: how those of them stand that there are. The streams are locked. */
export async function keepResidentHelp(
  trx: Transaction<Database>,
  keys: readonly Key[],
  states: readonly HelpState[],
): Promise<void> {
  const { rows: all } = await sql<HelpRow>`
    select resident, stream, request, number, is_open, unmet_on from resident_help
    where request = ${listOf(keys.map(({ request }) => request))}`.execute(trx)
  const asked = new Set(keys.map(keyOf))
  const before = all.filter((row) => asked.has(keyOf(row)))
  const now = states.flatMap(helpIn)
  const known = new Map(before.map((row) => [rowKey(row), row]))
  const kept = new Set(now.map(rowKey))
  const moved = [
    ...now.filter((row) => !isSame(row, known.get(rowKey(row)))),
    // It stays until the colours were told.
    ...before
      .filter((row) => !kept.has(rowKey(row)) && says(row))
      .map((row) => ({ ...row, is_open: false, unmet_on: null })),
  ]
  if (moved.length === 0) return
  await sql`
    insert into resident_help (resident, stream, request, number, is_open, unmet_on, turn, is_told)
    select resident, stream, request, number, is_open, unmet_on, 1, false
    from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) as row (
      resident uuid, stream uuid, request uuid, number text, is_open boolean, unmet_on text
    )
    on conflict (resident, stream, request) do update set number = excluded.number,
      is_open = excluded.is_open, unmet_on = excluded.unmet_on,
      turn = resident_help.turn + 1, is_told = false`.execute(trx)
}

const keyOf = ({ stream, request }: Key) => `${stream}/${request}`
const rowKey = (row: HelpRow) => `${keyOf(row)}/${row.resident}`
const says = ({ is_open, unmet_on }: Pick<HelpRow, 'is_open' | 'unmet_on'>) =>
  is_open || unmet_on !== null

function helpIn({ residents, is_help, ...row }: HelpState): readonly HelpRow[] {
  if (!is_help || !says(row)) return []
  const { stream, request, number, is_open, unmet_on } = row
  return [...new Set(residents)].map((resident) => ({
    ...{ resident, stream, request, number, is_open, unmet_on },
  }))
}

function isSame(a: HelpRow, b: HelpRow | undefined): boolean {
  return b?.number === a.number && b.is_open === a.is_open && b.unmet_on === a.unmet_on
}

/** By resident; whoever is not named has none. */
export type Help = ReadonlyMap<string, readonly HelpRequest[]>

/** As a statement reads it: the columns of `resident_help` that a colour knows of. */
export type HelpSaid = Pick<HelpRow, 'resident' | 'number' | 'is_open' | 'unmet_on'>

export function helpOfRows(rows: readonly HelpSaid[]): Help {
  const help = new Map<string, HelpRequest[]>()
  const byNumber = [...rows].filter(says).sort((a, b) => (a.number < b.number ? -1 : 1))
  for (const { resident, number, is_open: isOpen, unmet_on: unmetOn } of byNumber) {
    help.set(resident, [...(help.get(resident) ?? []), { number, isOpen, unmetOn }])
  }
  return help
}

export async function loadHelp(db: Kysely<Database>, residents: readonly string[]): Promise<Help> {
  if (residents.length === 0) return new Map()
  const { rows } = await sql<HelpSaid>`
    select resident, number, is_open, unmet_on from resident_help
    where resident = ${listOf(residents)}`.execute(db)
  return helpOfRows(rows)
}

const longAgo = '0001-01-01'
/** Requests of help that moved since the last round, at most. */
const mostAtOnce = 10_000

/**
 * Has the calendar colour anew whoever was helped by a request that moved, in whatever grid they are. Where it is cut
 * short it is done again: a row that moves meanwhile has another turn.
 */
export async function tellColoursOfHelp(db: Kysely<Database>): Promise<void> {
  const { rows } = await sql<HelpRow & { readonly turn: number }>`
    select resident, stream, request, number, is_open, unmet_on, turn from resident_help
    where not is_told limit ${mostAtOnce}`.execute(db)
  if (rows.length === 0) return
  await sql`
    update subject set until = ${longAgo}
    where id = ${listOf(rows.map(({ resident }) => resident))}`.execute(db)
  const told = JSON.stringify(
    rows.map(({ resident, stream, request, turn }) => ({
      ...{ resident, stream, request, turn },
    })),
  )
  const isOne = sql`
    jsonb_to_recordset(${told}::jsonb) as one (
      resident uuid, stream uuid, request uuid, turn integer
    ) where resident_help.resident = one.resident and resident_help.stream = one.stream
      and resident_help.request = one.request and resident_help.turn = one.turn`
  await sql`delete from resident_help using ${isOne}
    and not resident_help.is_open and resident_help.unmet_on is null`.execute(db)
  await sql`update resident_help set is_told = true from ${isOne}`.execute(db)
}

/** Made anew from the requests, for a database that was filled from a backup. */
export async function refillResidentHelp(db: Kysely<Database>): Promise<void> {
  await sql`delete from resident_help`.execute(db)
  await sql.raw(fillResidentHelp).execute(db)
}

/** A server of before knows nothing of these rows: what it wrote of requests meanwhile is copied anew. Returns its streams. */
export async function mendResidentHelp(db: Kysely<Database>): Promise<readonly string[]> {
  const { rows: states } = await sql<HelpState>`
    select ${ofState} from request_state
    where is_help and (is_open or unmet_on is not null)`.execute(db)
  const { rows: copies } = await sql<HelpRow>`
    select resident, stream, request, number, is_open, unmet_on from resident_help`.execute(db)
  const [said, copied] = [states.flatMap(helpIn), copies.filter(says)]
  const known = new Map(copied.map((row) => [rowKey(row), row]))
  const kept = new Set(said.map(rowKey))
  const differing = [
    ...said.filter((row) => !isSame(row, known.get(rowKey(row)))),
    ...copied.filter((row) => !kept.has(rowKey(row))),
  ]
  const streams = [...new Set(differing.map(({ stream }) => stream))].sort()
  for (const stream of streams) {
    const keys = differing.filter((row) => row.stream === stream)
    await transact(db, async (trx) => {
      // Whoever counts a request holds this lock.
      await lockStreams(trx, [stream])
      const { rows } = await sql<HelpState>`
        select ${ofState} from request_state where stream = ${stream}::uuid
          and request = ${listOf(keys.map(({ request }) => request))}`.execute(trx)
      await keepResidentHelp(trx, keys, rows)
    })
  }
  return streams
}

const ofState = sql.raw('stream, request, number, residents, is_help, is_open, unmet_on')
