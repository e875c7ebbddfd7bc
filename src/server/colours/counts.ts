/**
 * The counts that an overview reads: moved in the transaction that moves the subjects, one statement a table, however
 * many streams they are of.
 */
import { sql, type Transaction } from 'kysely'
import type { Day } from '#domain/day.ts'
import type { Database, SubjectTable } from '../db/schema.ts'
import { allMonths } from '../db/overview.ts'
import { moveStandings } from '../db/standing.ts'
import { arrivalOf, decisive, shiftOf, type Shift } from './shifts.ts'

export interface Counts {
  /** A subject that was there before, that is there now, or both. */
  move(before: SubjectTable | undefined, after: SubjectTable | undefined): void
  /** A subject that has another colour than before, or came into the register today. */
  shift(before: SubjectTable | undefined, after: SubjectTable, cause: string): void
  /** What they came to so far. */
  rows(): CountRows
}

interface Counted {
  readonly stream: string
  readonly n: number
}

/** What is added to the tables of one stream. */
interface CountRows {
  readonly tallies: readonly (Counted & { kind: string; colour: string; residence: string })[]
  readonly dues: readonly (Counted & { day: string })[]
  readonly reasons: readonly (Counted & { kind: string; colour: string; reason: string })[]
  readonly months: readonly (Counted & { month: string })[]
  readonly shifts: readonly (Counted & Shift & { day: Day })[]
}

export function createCounts(stream: string, today: Day): Counts {
  const tallies = new Map<string, number>()
  const dues = new Map<string, number>()
  const reasons = new Map<string, number>()
  const months = new Map<string, number>()
  const shifts = new Map<string, { readonly shift: Shift; n: number }>()
  const add = (counts: Map<string, number>, key: string, by: number) =>
    counts.set(key, (counts.get(key) ?? 0) + by)
  const count = (row: SubjectTable, by: number) => {
    add(tallies, [row.kind, row.colour, row.residence].join('/'), by)
    if (row.due) add(dues, row.due, by)
    if (row.met !== null) add(months, row.met, by)
    if (row.kind !== 'household') add(reasons, [row.kind, row.colour, decisive(row)].join('/'), by)
  }

  return {
    move(before, after) {
      if (before) count(before, -1)
      if (after) count(after, 1)
    },
    shift(before, after, cause) {
      const shift = before ? shiftOf(before, after, cause) : arrivalOf(after, cause)
      const key = Object.values(shift).join('/')
      const known = shifts.get(key)
      if (known) known.n += 1
      else shifts.set(key, { shift, n: 1 })
    },
    rows: () => ({
      tallies: moved(tallies).map(([key, n]) => {
        const [kind = '', colour = '', residence = ''] = key.split('/')
        return { stream, kind, colour, residence, n }
      }),
      dues: moved(dues).map(([day, n]) => ({ stream, day, n })),
      reasons: moved(reasons).map(([key, n]) => {
        const [kind = '', colour = '', ...reason] = key.split('/')
        return { stream, kind, colour, reason: reason.join('/'), n }
      }),
      months: monthsOf(moved(months)).map(([month, n]) => ({ stream, month, n })),
      shifts: [...shifts.values()].map(({ shift, n }) => ({ stream, day: today, ...shift, n })),
    }),
  }
}

function moved(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].filter(([, n]) => n !== 0)
}

/** Summed here once, so that an overview reads two rows of a place and not one for every month of years. */
function monthsOf(months: [string, number][]): [string, number][] {
  const all = months.reduce((sum, [, n]) => sum + n, 0)
  return all === 0 ? months : [...months, [allMonths, all]]
}

/** Adds the counts of some streams to their tables; those that came to nothing cost no statement. */
export async function writeCounts(
  trx: Transaction<Database>,
  counts: readonly Counts[],
): Promise<void> {
  const all = counts.map((one) => one.rows())
  await writeTallies(
    trx,
    all.flatMap(({ tallies }) => tallies),
  )
  await writeDues(
    trx,
    all.flatMap(({ dues }) => dues),
  )
  await writeReasons(
    trx,
    all.flatMap(({ reasons }) => reasons),
  )
  await writeMonths(
    trx,
    all.flatMap(({ months }) => months),
  )
  await writeShifts(
    trx,
    all.flatMap(({ shifts }) => shifts),
  )
}

async function writeTallies(trx: Transaction<Database>, rows: CountRows['tallies']): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into tally (stream, kind, colour, residence, n)
    select stream, kind, colour, residence, n
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      stream uuid, kind text, colour text, residence text, n integer
    )
    on conflict (stream, kind, colour, residence) do update set n = tally.n + excluded.n`.execute(
    trx,
  )
  const streams = [...new Set(rows.map(({ stream }) => stream))]
  await moveStandings(
    trx,
    streams.map((stream) => [stream, rows.filter((row) => row.stream === stream)]),
  )
}

async function writeDues(trx: Transaction<Database>, rows: CountRows['dues']): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into due_tally (stream, day, n)
    select stream, day, n
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      stream uuid, day text, n integer
    )
    on conflict (stream, day) do update set n = due_tally.n + excluded.n`.execute(trx)
}

async function writeReasons(trx: Transaction<Database>, rows: CountRows['reasons']): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into reason_tally (stream, kind, colour, reason, n)
    select stream, kind, colour, reason, n
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      stream uuid, kind text, colour text, reason text, n integer
    )
    on conflict (stream, kind, colour, reason)
    do update set n = reason_tally.n + excluded.n`.execute(trx)
}

async function writeMonths(trx: Transaction<Database>, rows: CountRows['months']): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into coverage_tally (stream, month, n)
    select stream, month, n
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      stream uuid, month text, n integer
    )
    on conflict (stream, month) do update set n = coverage_tally.n + excluded.n`.execute(trx)
}

async function writeShifts(trx: Transaction<Database>, rows: CountRows['shifts']): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into shift (stream, day, kind, before, after, cause, reason, n)
    select stream, day, kind, before, after, cause, reason, n
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      stream uuid, day text, kind text, before text, after text, cause text, reason text, n integer
    )
    on conflict (stream, day, kind, before, after, cause, reason)
    do update set n = shift.n + excluded.n`.execute(trx)
}
