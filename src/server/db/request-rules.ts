/** The catalogue and the calendar in force for some streams: the newest of the nearest place above that has one. */
import { sql, type Kysely } from 'kysely'
import type { Calendar } from '#domain/calendar.ts'
import type { Place } from '#domain/place.ts'
import type { Catalogue, OfficeOf } from '#domain/requests/catalogue.ts'
import {
  createRequestRules,
  newestCalendar,
  newestCatalogue,
  type RequestRules,
} from '#domain/requests/rules.ts'
import type { Database } from './schema.ts'

export interface StreamRules extends RequestRules {
  /** Whose own office the stream is, where it is that of a unit; no worker and no handler has its requests. */
  readonly office: OfficeOf
}

export type RulesByStream = ReadonlyMap<string, StreamRules>

interface FoundRow {
  readonly stream: string
  readonly depth: number
  readonly kind: 'catalogue' | 'calendar' | 'place'
  readonly fields: unknown
}

/** The catalogue and the calendar in force for one place, as they were saved; null where the product's own counts. */
export async function loadGoverning(
  db: Kysely<Database>,
  place: string,
): Promise<{ readonly catalogue: Catalogue | null; readonly calendar: Calendar | null }> {
  const rows = await findRows(db, [place])
  return {
    catalogue: newestCatalogue(nearest(rows, 'catalogue') as Catalogue[]),
    calendar: newestCalendar(nearest(rows, 'calendar') as Calendar[]),
  }
}

/** Every stream that is asked for has rules: the product's own where nobody above it has any. */
export async function loadRequestRules(
  db: Kysely<Database>,
  streams: readonly string[],
): Promise<RulesByStream> {
  if (streams.length === 0) return new Map()
  const rows = await findRows(db, streams)
  const made = new Map<string, StreamRules>()
  for (const stream of streams) {
    const own = rows.filter((row) => row.stream === stream)
    const rules = createRequestRules(
      newestCatalogue(nearest(own, 'catalogue') as Catalogue[]),
      newestCalendar(nearest(own, 'calendar') as Calendar[]),
    )
    made.set(stream, { ...rules, office: officeOf(own) })
  }
  return made
}

async function findRows(
  db: Kysely<Database>,
  streams: readonly string[],
): Promise<readonly FoundRow[]> {
  const { rows } = await sql<FoundRow>`
    with recursive up as (
      select id as stream, id, parent, 0 as depth from place
      where id = any(${sql.val([...new Set(streams)])}::uuid[])
      union all
      select up.stream, place.id, place.parent, up.depth + 1
      from place join up on place.id = up.parent
    )
    select up.stream, up.depth, record.kind, record.fields
    from up join record on record.stream = up.id
      and not record.removed and (
        record.kind in ('catalogue', 'calendar')
        or (record.kind = 'place' and up.depth <= 1 and record.id = up.id)
      )`.execute(db)
  return rows
}

function officeOf(rows: readonly FoundRow[]): OfficeOf {
  const kindAt = (depth: number) => {
    const place = rows.find((row) => row.kind === 'place' && row.depth === depth)
    return (place?.fields as Place | undefined)?.placeKind
  }
  if (kindAt(0) !== 'unit') return null
  return kindAt(1) === 'subdistrict' ? 'subdistrict' : 'community'
}

function nearest(rows: readonly FoundRow[], kind: FoundRow['kind']): unknown[] {
  const found = rows.filter((row) => row.kind === kind)
  const depth = Math.min(...found.map((row) => row.depth))
  return found.filter((row) => row.depth === depth).map(({ fields }) => fields)
}
