/** The counts that an overview reads: moved in the transaction that moves the subjects, one statement a table. */
import { sql, type Transaction } from 'kysely'
import type { Day } from '#domain/day.ts'
import type { Database, SubjectTable } from '../db/schema.ts'
import { allMonths } from '../db/overview.ts'
import { moveStanding } from '../db/standing.ts'
import { arrivalOf, decisive, shiftOf, type Shift } from './shifts.ts'

export interface Counts {
  /** A subject that was there before, that is there now, or both. */
  move(before: SubjectTable | undefined, after: SubjectTable | undefined): void
  /** A subject that has another colour than before, or came into the register today. */
  shift(before: SubjectTable | undefined, after: SubjectTable, cause: string): void
  write(trx: Transaction<Database>): Promise<void>
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
    async write(trx) {
      await writeTallies(trx, stream, tallies)
      await writeDues(trx, stream, dues)
      await writeReasons(trx, stream, reasons)
      await writeMonths(trx, stream, months)
      const rows = [...shifts.values()].map(({ shift, n }) => ({ ...shift, n }))
      if (rows.length > 0) await writeShifts(trx, stream, today, rows)
    },
  }
}

function moved(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].filter(([, n]) => n !== 0)
}

async function writeTallies(
  trx: Transaction<Database>,
  stream: string,
  tallies: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = moved(tallies).map(([key, n]) => {
    const [kind = '', colour = '', residence = ''] = key.split('/')
    return { kind, colour, residence, n }
  })
  if (rows.length === 0) return
  await sql`
    insert into tally (stream, kind, colour, residence, n)
    select ${stream}::uuid, kind, colour, residence, n
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      kind text, colour text, residence text, n integer
    )
    on conflict (stream, kind, colour, residence) do update set n = tally.n + excluded.n`.execute(
    trx,
  )
  await moveStanding(trx, stream, rows)
}

async function writeDues(
  trx: Transaction<Database>,
  stream: string,
  dues: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = moved(dues).map(([day, n]) => ({ day, n }))
  if (rows.length === 0) return
  await sql`
    insert into due_tally (stream, day, n)
    select ${stream}::uuid, day, n
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (day text, n integer)
    on conflict (stream, day) do update set n = due_tally.n + excluded.n`.execute(trx)
}

async function writeReasons(
  trx: Transaction<Database>,
  stream: string,
  reasons: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = moved(reasons).map(([key, n]) => {
    const [kind = '', colour = '', ...reason] = key.split('/')
    return { kind, colour, reason: reason.join('/'), n }
  })
  if (rows.length === 0) return
  await sql`
    insert into reason_tally (stream, kind, colour, reason, n)
    select ${stream}::uuid, kind, colour, reason, n
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      kind text, colour text, reason text, n integer
    )
    on conflict (stream, kind, colour, reason)
    do update set n = reason_tally.n + excluded.n`.execute(trx)
}

async function writeMonths(
  trx: Transaction<Database>,
  stream: string,
  months: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = moved(months).map(([month, n]) => ({ month, n }))
  if (rows.length === 0) return
  // Summed here once, so that an overview reads two rows of a place and not one for every month of years.
  const all = rows.reduce((sum, { n }) => sum + n, 0)
  if (all !== 0) rows.push({ month: allMonths, n: all })
  await sql`
    insert into coverage_tally (stream, month, n)
    select ${stream}::uuid, month, n
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (month text, n integer)
    on conflict (stream, month) do update set n = coverage_tally.n + excluded.n`.execute(trx)
}

async function writeShifts(
  trx: Transaction<Database>,
  stream: string,
  today: Day,
  rows: readonly (Shift & { readonly n: number })[],
): Promise<void> {
  await sql`
    insert into shift (stream, day, kind, before, after, cause, reason, n)
    select ${stream}::uuid, ${today}, kind, before, after, cause, reason, n
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      kind text, before text, after text, cause text, reason text, n integer
    )
    on conflict (stream, day, kind, before, after, cause, reason)
    do update set n = shift.n + excluded.n`.execute(trx)
}
