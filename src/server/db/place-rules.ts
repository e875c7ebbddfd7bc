/**
 * What governs places, and what each is called, once more beside the records in which it was said: small, seldom written
 * and read by every push, so every machine has a copy. Written in the transaction that writes the records, whoever
 * writes them.
 */
import { sql, type Kysely, type Transaction } from 'kysely'
import { fillPlaceRules, markOf } from './migrations/0191-rules-of-places.ts'
import { amongIds } from './place-tree.ts'
import type { RecordRow } from './record-row.ts'
import { ruleKinds } from './rule-kinds.ts'
import type { Database } from './schema.ts'

interface Row {
  readonly place: string
  readonly id: string
  readonly kind: string
  readonly version: number
  readonly by: string | null
  readonly fields: unknown
}

/** `records` were written; of kinds that govern nothing nothing is done. The streams are locked. */
export async function keepPlaceRules(
  trx: Transaction<Database>,
  records: readonly Pick<
    RecordRow,
    'stream' | 'id' | 'kind' | 'version' | 'by' | 'fields' | 'removed'
  >[],
): Promise<void> {
  const said = records.filter(isRule)
  await dropRules(
    trx,
    said.filter(({ removed }) => removed).map(({ stream, id }) => ({ place: stream, id })),
  )
  const rows = said
    .filter(({ removed }) => !removed)
    .map(({ stream, id, kind, version, by, fields }): Row => ({
      ...{ place: stream, id, kind, version, by, fields },
    }))
  if (rows.length === 0) return
  await sql`
    insert into place_rule (place, id, kind, version, by, mark, fields)
    select place, id, kind, version, by, ${sql.raw(markOf('fields'))}, fields
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      place uuid, id uuid, kind text, version bigint, by uuid, fields jsonb
    )
    on conflict (place, id) do update set kind = excluded.kind, version = excluded.version,
      by = excluded.by, mark = excluded.mark, fields = excluded.fields`.execute(trx)
}

function isRule({ kind, id, stream }: Pick<RecordRow, 'kind' | 'id' | 'stream'>): boolean {
  return (ruleKinds as readonly string[]).includes(kind) || (kind === 'place' && id === stream)
}

async function dropRules(
  trx: Transaction<Database>,
  gone: readonly Pick<Row, 'place' | 'id'>[],
): Promise<void> {
  for (const place of new Set(gone.map((row) => row.place))) {
    const ids = gone.filter((row) => row.place === place).map(({ id }) => id)
    await sql`delete from place_rule where place = ${place}::uuid and id ${amongIds(ids)}`.execute(
      trx,
    )
  }
}

/** Made anew from the records, for a database that was filled from a backup. */
export async function refillPlaceRules(db: Kysely<Database>): Promise<void> {
  await sql`delete from place_rule`.execute(db)
  await sql.raw(fillPlaceRules).execute(db)
}
