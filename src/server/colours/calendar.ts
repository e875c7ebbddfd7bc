/** The calendar's pass: recolours the subjects whose day has come, and only these. */
import { sql, type Kysely, type Transaction } from 'kysely'
import { instantToDay, type Day } from '#domain/day.ts'
import { eachInTurn } from '../db/each-in-turn.ts'
import { writeRecords } from '../db/records.ts'
import type { Database } from '../db/schema.ts'
import { raiseHeads } from '../db/proofs.ts'
import { lockStreams } from '../db/streams.ts'
import { transact } from '../db/transact.ts'
import type { ColourClock } from './fill.ts'
import { loadHome, subjectsOf } from './load.ts'
import { schemeOf } from './scheme.ts'
import { writeColours } from './write.ts'

/**
 * Stream by stream, each locked briefly. Returns those that got a five-colour record, and calls back for each. Where one
 * fails, the others are done all the same, and what failed is thrown at the end.
 */
export async function colourByCalendar(
  db: Kysely<Database>,
  clock: ColourClock,
  onMoved: (stream: string) => void = () => undefined,
): Promise<string[]> {
  const at = new Date(clock.now).toISOString()
  const today = instantToDay(at)
  const { rows } = await sql<{ stream: string }>`
    select distinct stream from subject where until <= ${today}`.execute(db)
  const moved: string[] = []
  await eachInTurn(rows, async ({ stream }) => {
    const written = await transact(db, (trx) => colourDue(trx, stream, today, at, clock.ids))
    if (written === 0) return
    moved.push(stream)
    onMoved(stream)
  })
  return moved
}

async function colourDue(
  trx: Transaction<Database>,
  stream: string,
  today: Day,
  at: string,
  ids: () => string,
): Promise<number> {
  const head = (await lockStreams(trx, [stream])).get(stream)?.head ?? 0
  const { rows } = await sql<{ id: string; dwelling: string | null }>`
    select subject.id,
      case subject.kind when 'dwelling' then subject.id else household.parent end as dwelling
    from subject
    left join record resident on resident.stream = subject.stream and resident.id = subject.id
    left join record household
      on household.stream = subject.stream and household.id = resident.parent
    where subject.stream = ${stream} and subject.until <= ${today}`.execute(trx)
  const due = new Set(rows.map((row) => row.id))
  const dwellings = rows.map((row) => row.dwelling).filter((id) => id !== null)
  const home = await loadHome(trx, stream, {
    dwellings: [...new Set(dwellings)],
    also: [...due],
  })
  const found = new Set(subjectsOf(home).map((subject) => subject.id))
  const gone = [...due].filter((id) => !found.has(id))
  const scheme = await schemeOf(trx, stream)
  const colouring = { stream, today, at, cause: 'calendar' as const, scheme, ids }
  const coloured = await writeColours(trx, { home, only: due, gone, head, colouring })
  await writeRecords(trx, coloured.records)
  await raiseHeads(trx, new Map([[stream, coloured.head]]))
  return coloured.records.length
}
