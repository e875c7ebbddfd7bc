/**
 * What a gate gets of a stream: plates of vehicles with the number of their door, made anew field by field, so that nothing
 * else of the register can be among it, whatever a later version writes into these records. No history, nobody's name.
 */
import { sql, type Kysely } from 'kysely'
import type { Building } from '#domain/building.ts'
import type { Dwelling } from '#domain/dwelling.ts'
import { formatDoor } from '#domain/format-door.ts'
import { gateFields } from '#domain/vehicle.ts'
import type { PageRange } from './pages.ts'
import type { Database } from './schema.ts'

const usualPageSize = 500

interface VehicleRow {
  readonly id: string
  readonly version: number
  readonly removed: boolean
  readonly moves: number
  readonly fields: Readonly<Record<string, unknown>>
  readonly dwelling: Dwelling | null
  readonly building: Building | null
}

/** Each page as one line of JSON in the shape of `protocol/pull.ts`, as `readPages` makes them. */
export async function* readGatePages(
  db: Kysely<Database>,
  { stream, epoch, head, from: first, reset: isFirst, pageSize = usualPageSize }: PageRange,
): AsyncGenerator<string> {
  let from = first
  let reset = isFirst
  for (;;) {
    const { rows } = await sql<VehicleRow>`
      select vehicle.id, vehicle.version::int as version, vehicle.removed, vehicle.moves,
        vehicle.fields, dwelling.fields as dwelling, building.fields as building
      from record as vehicle
      left join record as dwelling
        on dwelling.stream = ${stream} and dwelling.id = vehicle.parent and not dwelling.removed
      left join record as building
        on building.stream = ${stream} and building.id = dwelling.parent and not building.removed
      where vehicle.stream = ${stream} and vehicle.kind = 'vehicle'
        and vehicle.version > ${from} and vehicle.version <= ${head}
        ${reset ? sql`and not vehicle.removed and vehicle.fields->>'endedOn' is null` : sql``}
      order by vehicle.version
      limit ${pageSize}`.execute(db)
    const to = rows.length === pageSize ? (rows.at(-1)?.version ?? head) : head
    const { rows: proofs } = await sql<{ proof: string }>`
      select proof from stream_proof where stream = ${stream} and version >= ${to}
      order by version limit 1`.execute(db)
    yield `${JSON.stringify({
      ...{ type: 'page', stream, epoch, from, to },
      ...(reset ? { reset: true } : {}),
      ...(proofs[0] ? { proof: proofs[0].proof } : {}),
      records: rows.map(lineOf),
      changes: [],
    })}\n`
    if (to === head) return
    from = to
    reset = false
  }
}

function lineOf({ id, version, removed, moves, fields, dwelling, building }: VehicleRow) {
  const line = { kind: 'vehicle', id, version }
  // What has ended is no more, wherever it was.
  if (removed || fields['endedOn']) return { ...line, removed: true }
  const said = gateFields.flatMap((name) =>
    (fields[name] ?? null) === null ? [] : [[name, fields[name]] as const],
  )
  const door =
    dwelling && [building?.estate, formatDoor(building, dwelling)].filter(Boolean).join(' ')
  return {
    ...line,
    ...(moves > 0 ? { moves } : {}),
    fields: { ...Object.fromEntries(said), ...(door ? { door } : {}) },
  }
}
