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

/** Each page as one line of JSON in the shape of `protocol/pull.ts`. An empty range is one empty page. */
export async function* readPages(
  db: Kysely<Database>,
  range: PageRange,
  mayPull: (kind: Kind) => boolean,
  historySince: string,
): AsyncGenerator<string> {
  let from = range.from
  let reset = range.reset
  while (from < range.head || reset) {
    const records = await readRecords(db, range, from)
    const last = records.at(-1)
    // Versions between may belong to changes that a later version overtook: the page covers them as well.
    const to = records.length === pageSize && last ? last.version : range.head
    const changes = await readChanges(db, range.stream, from, to, historySince)
    const visible = records.filter((record) => mayPull(record.kind)).map((record) => record.line)
    yield (
      `{"type":"page","stream":"${range.stream}","epoch":${range.epoch},"from":${from},"to":${to},` +
      `${reset ? '"reset":true,' : ''}"records":[${visible.join(',')}],"changes":[${changes
        .map((change) => change.line)
        .join(',')}]}\n`
    )
    reset = false
    from = to
  }
}

async function readRecords(
  db: Kysely<Database>,
  range: PageRange,
  from: number,
): Promise<(Row & { readonly kind: Kind })[]> {
  const living = range.reset ? sql`and not removed` : sql``
  const { rows } = await sql<Row & { kind: Kind }>`
    select version, kind,
      case when removed
        then json_build_object('kind', kind, 'id', id, 'version', version, 'removed', true)
        else json_strip_nulls(json_build_object('kind', kind, 'id', id, 'version', version,
          'at', at, 'by', by, 'fields', fields))
      end::text as line
    from record
    where stream = ${range.stream} and version > ${from} and version <= ${range.head} ${living}
    order by version
    limit ${pageSize}`.execute(db)
  return rows
}

async function readChanges(
  db: Kysely<Database>,
  stream: string,
  from: number,
  to: number,
  since: string,
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select version,
      json_build_object('id', id, 'record', record, 'version', version, 'op', op,
        'at', corrected_at, 'by', account, 'fields', fields)::text as line
    from change
    where stream = ${stream} and version > ${from} and version <= ${to}
      and op <> 'create' and received_at > ${since}::timestamptz
    order by version`.execute(db)
  return rows
}
