/**
 * Requests of help for people of the register, on every machine: a row a request as long as it is help, so that a push
 * learns of help that was asked for in another grid without asking the machines of all grids.
 */
import { sql, type Kysely, type Transaction } from 'kysely'
import { eachInTurn } from './each-in-turn.ts'
import type { HelpTable } from './help-table.ts'
import { listOf } from './place-tree.ts'
import type { Database } from './schema.ts'
import { lockStreams } from './streams.ts'
import { transact } from './transact.ts'

export interface HelpKey {
  readonly stream: string
  readonly request: string
}

export type HelpRow = Omit<HelpTable, 'look_again'>

/**
 * Of requests that were counted anew: `rows` those among `keys` that are help now. Writes what differs alone, since a row
 * is written on every machine. Whoever is or was helped is coloured anew in the calendar's next round; those of the grid
 * that is written to are coloured in the same transaction already (`colours/touched.ts`).
 */
export async function keepHelp(
  trx: Transaction<Database>,
  keys: readonly HelpKey[],
  rows: readonly HelpRow[],
): Promise<void> {
  const known = new Map((await helpOfRequests(trx, keys)).map((row) => [keyOf(row), row]))
  const now = new Map(rows.map((row) => [keyOf(row), row]))
  const written: HelpTable[] = []
  for (const key of new Set(keys.map(keyOf))) {
    const before = known.get(key)
    const row = now.get(key) ?? (before && { ...before, residents: [] })
    if (!row || (before && isSame(before, row))) continue
    const look_again = [...new Set([...(before?.residents ?? []), ...row.residents])]
    written.push({ ...row, look_again })
  }
  if (written.length === 0) return
  await sql`
    insert into help (stream, request, number, residents, is_open, unmet_on, look_again)
    select stream, request, number, residents, is_open, unmet_on, look_again
    from jsonb_to_recordset(${JSON.stringify(written)}::jsonb) as row (stream uuid, request uuid,
      number text, residents uuid[], is_open boolean, unmet_on text, look_again uuid[])
    on conflict (stream, request) do update set number = excluded.number,
      residents = excluded.residents, is_open = excluded.is_open, unmet_on = excluded.unmet_on,
      look_again = help.look_again || excluded.look_again`.execute(trx)
}

function keyOf({ stream, request }: HelpKey): string {
  return `${stream}/${request}`
}

function isSame(a: HelpRow, b: HelpRow): boolean {
  const [own, other] = [new Set(a.residents), new Set(b.residents)]
  return (
    a.number === b.number &&
    a.is_open === b.is_open &&
    a.unmet_on === b.unmet_on &&
    own.size === other.size &&
    [...own].every((one) => other.has(one))
  )
}

/** As they stand, ended ones too; of requests by their id, in whatever stream. */
async function helpOfRequests(
  db: Kysely<Database>,
  keys: readonly HelpKey[],
): Promise<readonly HelpRow[]> {
  return db
    .selectFrom('help')
    .select(['stream', 'request', 'number', 'residents', 'is_open', 'unmet_on'])
    .where('stream', '=', listOf(keys.map(({ stream }) => stream)))
    .where('request', '=', listOf(keys.map(({ request }) => request)))
    .execute()
}

/** Help by and for some residents, in order of its number. */
export async function helpOfResidents(
  db: Kysely<Database>,
  residents: readonly string[],
): Promise<readonly HelpRow[]> {
  const { rows } = await sql<HelpRow>`
    select stream, request, number, residents, is_open, unmet_on from help
    where residents && ${sql.val([...residents])}::uuid[]
    order by number`.execute(db)
  return rows
}

/**
 * A server of before writes how a request stands and nothing of help: while one is still at work beside a new one the two
 * differ. Finds where, and writes help anew under the lock of the stream.
 */
export async function mendHelp(db: Kysely<Database>): Promise<void> {
  const { rows: differing } = await sql<HelpKey>`
    select state.stream, state.request from request_state as state
    left join help on help.stream = state.stream and help.request = state.request
    where state.is_help and (help.request is null or help.number <> state.number
      or help.is_open <> state.is_open or help.unmet_on is distinct from state.unmet_on
      or not (help.residents @> state.residents and state.residents @> help.residents))`.execute(db)
  const { rows: known } = await sql<HelpKey>`
    select stream, request from help where residents <> '{}'`.execute(db)
  const ended: HelpKey[] = []
  for (let from = 0; from < known.length; from += mostAtOnce) {
    const some = known.slice(from, from + mostAtOnce)
    const there = new Set((await standingHelp(db, some)).map(keyOf))
    ended.push(...some.filter((key) => !there.has(keyOf(key))))
  }
  await eachInTurn([...differing, ...ended], (key) =>
    transact(db, async (trx) => {
      await lockStreams(trx, [key.stream])
      await keepHelp(trx, [key], await standingHelp(trx, [key]))
    }),
  )
}

/** Requests that are help, as they stand. */
async function standingHelp(
  db: Kysely<Database>,
  keys: readonly HelpKey[],
): Promise<readonly HelpRow[]> {
  return db
    .selectFrom('request_state')
    .select(['stream', 'request', 'number', 'residents', 'is_open', 'unmet_on'])
    .where('stream', '=', listOf(keys.map(({ stream }) => stream)))
    .where('request', '=', listOf(keys.map(({ request }) => request)))
    .where('is_help', '=', true)
    .execute()
}

const mostAtOnce = 1_000
const longAgo = '0001-01-01'

/**
 * Has the calendar look again at everybody whose help changed: by id alone, since they may live in any grid. What changes
 * meanwhile is left for the next round, and what was cut short is done again.
 */
export async function lookAgainAtHelped(db: Kysely<Database>): Promise<void> {
  const { rows } = await sql<Pick<HelpTable, 'stream' | 'request' | 'look_again'>>`
    select stream, request, look_again from help where look_again <> '{}'`.execute(db)
  if (rows.length === 0) return
  for (let from = 0; from < rows.length; from += mostAtOnce) {
    const some = rows.slice(from, from + mostAtOnce)
    await sql`
      update subject set until = ${longAgo}
      where id = ${listOf(some.flatMap(({ look_again }) => look_again))}`.execute(db)
    for (const { stream, request, look_again } of some) {
      await sql`
        update help set look_again = '{}'
        where stream = ${stream}::uuid and request = ${request}::uuid
          and look_again = ${sql.val([...look_again])}::uuid[]`.execute(db)
    }
  }
  await sql`delete from help where residents = '{}' and look_again = '{}'`.execute(db)
}
