/**
 * The whole database as lines of JSON, and back: for a backup that any PostgreSQL of any version takes. A header,
 * for each table its name and its rows, and an end line without which it was cut short.
 */
import { sql, type Kysely } from 'kysely'
import { oneAfterTheOther } from './distribution.ts'
import { refillPlaceRules } from './place-rules.ts'
import { giveNewEpochs } from './proofs.ts'
import type { Database } from './schema.ts'
import { sqlStateOf } from './transact.ts'

export const backupFormat = 'wuse backup 1'

/**
 * Parents before children, and devices with their answers before the streams: an engine of several machines has no one
 * moment for all of them, and a device must never come back with numbers of work that is not in the file. What is in
 * the streams beyond them is known by its mutation's id, and not done twice. Left out: what is made anew (rules of places, snapshots, passes, proofs, leases, news) and what runs out or costs one slow sign-in (attempts, homes, choices). */
const tables = [
  'place',
  'account',
  'account_place',
  'late_place',
  'device',
  'session',
  'answer',
  'stream',
  'record',
  'spent_id',
  'change',
  'audit',
  'act',
  'second_factor',
  'device_pull',
  'subject',
  'tally',
  'standing',
  'import_span',
  'due_tally',
  'visit_tally',
  'reason_tally',
  'coverage_tally',
  'shift',
  'course',
  'purge_notice',
  'purge_guard',
  'request_state',
  'help',
  'request_past',
  'photo_chunk',
  'hotline_system',
  'hotline_request',
  'hotline_addition',
  'ask_code',
  'ask_request',
  'ask_addition',
  'ask_day',
  'ask_photo',
  'ask_photo_piece',
  'notification',
] as const
/** Names that a backup may have as those of tables. */
export const backupTables: readonly string[] = tables

const rowsAtOnce = 2_000
/** A chunk of a photograph is a line of 66 kB: of those fewer at once. */
const chunksAtOnce = 50
/** Characters of lines that wait to be written. */
const mostWaiting = 8_000_000

/** What keeps a backup from being brought back, in words. */
export class BackupFault extends Error {}

/** All rows of one moment: pushes that come meanwhile are whole in the next backup or in none. */
export async function* dump(db: Kysely<Database>, at: Date): AsyncGenerator<string> {
  const connection = await db.startTransaction().setIsolationLevel('repeatable read').execute()
  try {
    const schema = await schemaOf(db)
    yield `${JSON.stringify({ format: backupFormat, schema, at: at.toISOString() })}\n`
    let rows = 0
    for (const table of tables) {
      yield `${JSON.stringify({ table })}\n`
      await sql`declare dump no scroll cursor for
        select to_json(row)::text as line from ${sql.table(table)} as row`.execute(connection)
      for (;;) {
        const count =
          table.endsWith('_chunk') || table.endsWith('_piece') ? chunksAtOnce : rowsAtOnce
        const found = await sql<{ line: string }>`fetch ${sql.lit(count)} from dump`.execute(
          connection,
        )
        if (found.rows.length === 0) break
        rows += found.rows.length
        yield found.rows.map(({ line }) => `${line}\n`).join('')
      }
      await sql`close dump`.execute(connection)
    }
    yield `${JSON.stringify({ end: true, rows })}\n`
  } finally {
    await connection.rollback().execute()
  }
}

/**
 * Fills an empty database in one transaction, all or nothing, and gives every stream an epoch that never was: each
 * device then begins its streams anew and gives back what this backup does not have. Throws a BackupFault.
 */
export async function restore(
  db: Kysely<Database>,
  lines: AsyncIterable<string>,
  now: Date,
): Promise<{ readonly at: string; readonly rows: number }> {
  const fill = async (trx: Kysely<Database>) => {
    await oneAfterTheOther(trx)
    let header: { readonly at: string } | null = null
    let table: string | null = null
    let waiting: string[] = []
    let waitingLength = 0
    let rows = 0
    let isWhole = false
    const flush = async () => {
      if (table === null || waiting.length === 0) return
      const columns = await columnsOf(trx, table)
      const names = sql.join(columns.map(({ name }) => sql.ref(name)))
      const types = sql.join(
        columns.map(({ name, type }) => sql`${sql.ref(name)} ${sql.raw(type)}`),
      )
      await sql`insert into ${sql.table(table)} (${names})
        select ${names} from jsonb_to_recordset(${`[${waiting.join(',')}]`}::jsonb) as row (${types})`.execute(
        trx,
      )
      rows += waiting.length
      waiting = []
      waitingLength = 0
    }
    for await (const line of lines) {
      if (header === null) header = readHeader(line, await schemaOf(trx))
      else if (line.startsWith('{"table":')) {
        await flush()
        table = (JSON.parse(line) as { table: string }).table
        if (!(tables as readonly string[]).includes(table)) throw damaged()
      } else if (line.startsWith('{"end":')) {
        await flush()
        isWhole = (JSON.parse(line) as { rows: number }).rows === rows
      } else {
        waiting.push(line)
        waitingLength += line.length
        if (waiting.length >= rowsAtOnce || waitingLength >= mostWaiting) await flush()
      }
    }
    if (!header || !isWhole) throw damaged()
    // Of several machines, whose rows are not of one moment: what came last must not be given a version a second time.
    await sql`
      update stream set head = newest.version
      from (select stream, max(version) as version from record group by stream) as newest
      where stream.id = newest.stream and stream.head < newest.version`.execute(trx)
    await refillPlaceRules(trx)
    await giveNewEpochs(trx, now)
    return { at: header.at, rows }
  }
  try {
    return await (db.isTransaction ? fill(db) : db.transaction().execute(fill))
  } catch (error) {
    // A value that no column takes: what is JSON may still not be what it was.
    throw /^2[23]/.test(sqlStateOf(error)) ? damaged() : error
  }
}

/** A backup goes back into the version that took it. */
export function requireSchema(found: string, own: string): void {
  if (found === own) return
  throw new BackupFault(
    'The backup is of another version of Wuse. Restore it with that one, and then start this one. Nothing was changed.',
  )
}

function readHeader(line: string, schema: string): { readonly at: string } {
  let header: { format?: unknown; schema?: unknown; at?: unknown }
  try {
    header = JSON.parse(line) as typeof header
  } catch {
    throw damaged()
  }
  if (header.format !== backupFormat || typeof header.at !== 'string') {
    throw new BackupFault('The file is no backup of Wuse. Nothing was changed.')
  }
  requireSchema(String(header.schema), schema)
  return { at: header.at }
}

function damaged(): BackupFault {
  return new BackupFault('The backup is damaged or was cut short. Nothing was changed.')
}

/** A table's columns with their types, as the database itself spells them. */
async function columnsOf(
  db: Kysely<Database>,
  table: string,
): Promise<{ readonly name: string; readonly type: string }[]> {
  const { rows } = await sql<{ name: string; type: string }>`
    select attname as name, format_type(atttypid, atttypmod) as type
    from pg_attribute
    where attrelid = ${`"${table}"`}::regclass and attnum > 0 and not attisdropped
    order by attnum`.execute(db)
  return rows
}

/** The newest migration. */
async function schemaOf(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select name from kysely_migration order by name desc limit 1`.execute(db)
  return rows[0]?.name ?? ''
}
