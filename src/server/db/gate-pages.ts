/**
 * What a gate gets of a stream: plates, and the numbers of doors and buildings, made anew field by field, so that nothing
 * else of the register can be among it, whatever a later version writes into these records. No history, nobody's name.
 */
import { sql, type Kysely } from 'kysely'
import { gateFields } from '#domain/gate.ts'
import { gateKinds } from '#domain/permission.ts'
import type { PageRange } from './pages.ts'
import type { Database } from './schema.ts'

const usualPageSize = 500

interface Row {
  readonly kind: (typeof gateKinds)[number]
  readonly id: string
  readonly version: number
  readonly removed: boolean
  readonly moves: number
  readonly fields: Readonly<Record<string, unknown>>
}

/** Each page as one line of JSON in the shape of `protocol/pull.ts`, as `readPages` makes them. */
export async function* readGatePages(
  db: Kysely<Database>,
  { stream, epoch, head, from: first, reset: isFirst, pageSize = usualPageSize }: PageRange,
): AsyncGenerator<string> {
  let from = first
  let reset = isFirst
  for (;;) {
    const { rows } = await sql<Row>`
      select kind, id, version::int as version, removed, moves, fields from record
      where stream = ${stream} and kind = any(${sql.val([...gateKinds])}::text[])
        and version > ${from} and version <= ${head}
        ${reset ? sql`and not removed and fields->>'endedOn' is null` : sql``}
      order by version
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

function lineOf({ kind, id, version, removed, moves, fields }: Row) {
  const line = { kind, id, version }
  // What has ended is no more, wherever it was.
  if (removed || fields['endedOn']) return { ...line, removed: true }
  const said = gateFields[kind].flatMap((name) =>
    (fields[name] ?? null) === null ? [] : [[name, fields[name]] as const],
  )
  return { ...line, ...(moves > 0 ? { moves } : {}), fields: Object.fromEntries(said) }
}
