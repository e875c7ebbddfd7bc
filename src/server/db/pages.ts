/** Reads a stream for a pull, page by page, as text that goes out as it is: no record is parsed on the way. */
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { picturesStay } from '#domain/permission-of-access.ts'
import type { Kind } from '#domain/record.ts'
import { takenFromReceipt } from './changes.ts'
import type { Database } from './schema.ts'

export interface PageRange {
  readonly stream: string
  readonly epoch: number
  /** Versions in (from, head]. */
  readonly from: number
  readonly head: number
  /** A snapshot: living records alone, and the device forgets what it has. */
  readonly reset: boolean
  /** Whoever pulls has it to read, and none of its places: pictures that stay with their place are left out. */
  readonly isAbove?: boolean | undefined
  /** Records in a page at most. */
  readonly pageSize?: number | undefined
}

const usualPageSize = 500

/** How far back the history of fields goes on a device; older lines are asked of the server. */
export const historyDays = 180

interface Page {
  readonly count: number
  /** Version of the last record; null where there is none. */
  readonly last: number | null
  readonly records: string | null
  readonly changes: string | null
  /** Of the page's last version. */
  readonly proof: string | null
}

/**
 * Each page as one line of JSON in the shape of `protocol/pull.ts`. `head` was read before: what is written
 * meanwhile has a later version, so a record that leaves the range between two pages comes with the next pull.
 * While a page goes out the next one is being read.
 */
export async function* readPages(
  db: Kysely<Database>,
  range: PageRange,
  kinds: readonly Kind[],
  historySince: string,
): AsyncGenerator<string> {
  const { stream, epoch, head, pageSize = usualPageSize } = range
  let { from, reset } = range
  let reading = readPage(db, range, from, kinds, historySince)
  for (;;) {
    const { count, last, records, changes, proof } = await reading
    // Versions between may belong to what a later one overtook or this role does not see: the page covers them too.
    const to = count === pageSize && last !== null ? last : head
    const line =
      `{"type":"page","stream":"${stream}","epoch":${epoch},"from":${from},"to":${to},` +
      `${reset ? '"reset":true,' : ''}${proof === null ? '' : `"proof":"${proof}",`}"records":[${records ?? ''}],"changes":[${changes ?? ''}]}\n`
    if (to === head) {
      yield line
      return
    }
    reset = false
    from = to
    reading = readPage(db, range, from, kinds, historySince)
    // Whoever leaves in the middle never asks for it; the fault is thrown to whoever does.
    reading.catch(() => undefined)
    yield line
  }
}

async function readPage(
  db: Kysely<Database>,
  { stream, head, reset, isAbove = false, pageSize = usualPageSize }: PageRange,
  from: number,
  kinds: readonly Kind[],
  since: string,
): Promise<Page> {
  const ofKinds = sql`kind = any(${sql.val([...kinds])}::text[])`
  const staying = (photo: RawBuilder<unknown>) => sql`and not (kind = 'photo' and exists (
    select from record as picture
    join record as host on host.stream = ${stream} and host.id = picture.parent
    where picture.stream = ${stream} and picture.id = ${photo}
      and host.kind = any(${sql.val([...picturesStay])}::text[])))`
  // What a removal took away is kept for the log alone.
  const { rows } = await sql<Page>`
    with found as (
      select version,
        '{"kind":"' || kind || '","id":"' || id || '","version":' || version
          || case when removed then ',"removed":true}' else
 case when moves > 0 then ',"moves":' || moves else '' end ||
            coalesce(',"at":' || to_json(at), '') || coalesce(',"by":"' || by || '"', '')
            || ',"fields":' || fields || '}' end as line
      from record
      where stream = ${stream} and version > ${from} and version <= ${head} and ${ofKinds}
        ${isAbove ? staying(sql`record.id`) : sql``}
        ${reset ? sql`and not removed` : sql``}
      order by version
      limit ${pageSize}
    ), page as (
      select count(*) as count, max(version) as last,
        string_agg(line, ',' order by version) as records
      from found
    )
    select count, last, records, (
      select string_agg(
        (jsonb_build_object('id', id, 'record', record, 'version', version, 'op', op,
          'at', corrected_at, 'by', account,
          'fields', case op when 'remove' then '{}'::jsonb else fields end)
          || case when ${takenFromReceipt} then jsonb_build_object('saidAt', at) else '{}' end)::text,
        ',' order by version, seq)
      from change
      where stream = ${stream} and version > ${from}
        and version <= case when count = ${pageSize} then last else ${head} end
        and op in ('patch', 'remove') and received_at > ${since}::timestamptz and ${ofKinds}
        ${isAbove ? staying(sql`change.record`) : sql``}
    ) as changes, (
      select proof from stream_proof
      where stream = ${stream}
        and version >= case when count = ${pageSize} then last else ${head} end
      order by version limit 1
    ) as proof
    from page`.execute(db)
  return rows[0] ?? { count: 0, last: null, records: null, changes: null, proof: null }
}
