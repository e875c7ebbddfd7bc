/** Reads a stream for a pull, page by page, as text that goes out as it is: no record is parsed on the way. */
import { sql, type Kysely } from 'kysely'
import type { Kind } from '#domain/record.ts'
import type { Database } from './schema.ts'

export interface PageRange {
  readonly stream: string
  readonly epoch: number
  /** Versions in (from, head]. */
  readonly from: number
  readonly head: number
  /** A snapshot: living records alone, and the device forgets what it has. */
  readonly reset: boolean
}

const pageSize = 500

/** How far back the history of fields goes on a device; older lines are asked of the server. */
export const historyDays = 180

interface Row {
  readonly version: number
  readonly line: string
}

/**
 * Each page as one line of JSON in the shape of `protocol/pull.ts`. `head` was read before: what is written
 * meanwhile has a later version, so a record that leaves the range between two pages comes with the next pull.
 */
export async function* readPages(
  db: Kysely<Database>,
  range: PageRange,
  kinds: readonly Kind[],
  historySince: string,
): AsyncGenerator<string> {
  const { stream, epoch, head } = range
  let { from, reset } = range
  while (from < head || reset) {
    const records = await readRecords(db, range, from, kinds)
    const last = records.at(-1)
    // Versions between may belong to what a later one overtook or this role does not see: the page covers them too.
    const to = records.length === pageSize && last ? last.version : head
    const changes = await readChanges(db, stream, from, to, kinds, historySince)
    const lines = (rows: readonly Row[]) => rows.map((row) => row.line).join(',')
    yield (
      `{"type":"page","stream":"${stream}","epoch":${epoch},"from":${from},"to":${to},` +
      `${reset ? '"reset":true,' : ''}"records":[${lines(records)}],"changes":[${lines(changes)}]}\n`
    )
    reset = false
    from = to
  }
}

async function readRecords(
  db: Kysely<Database>,
  { stream, head, reset }: PageRange,
  from: number,
  kinds: readonly Kind[],
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select version,
      '{"kind":"' || kind || '","id":"' || id || '","version":' || version
        || case when removed then ',"removed":true}' else
          coalesce(',"at":' || to_json(at), '') || coalesce(',"by":"' || by || '"', '')
          || ',"fields":' || fields || '}' end as line
    from record
    where stream = ${stream} and version > ${from} and version <= ${head}
      and kind = any(${sql.val([...kinds])}::text[]) ${reset ? sql`and not removed` : sql``}
    order by version
    limit ${pageSize}`.execute(db)
  return rows
}

/** What a removal took away is kept for the log alone. */
async function readChanges(
  db: Kysely<Database>,
  stream: string,
  from: number,
  to: number,
  kinds: readonly Kind[],
  since: string,
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select version,
      json_build_object('id', id, 'record', record, 'version', version, 'op', op,
        'at', corrected_at, 'by', account,
        'fields', case op when 'remove' then '{}'::jsonb else fields end)::text as line
    from change
    where stream = ${stream} and version > ${from} and version <= ${to}
      and op <> 'create' and received_at > ${since}::timestamptz
      and kind = any(${sql.val([...kinds])}::text[])
    order by version`.execute(db)
  return rows
}
