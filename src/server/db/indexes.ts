/**
 * Indexes on tables that hold much, made after the migrations and outside of their transaction: PostgreSQL builds them
 * while others go on writing (`concurrently`), which it does in no transaction, and not on a table whose parts it knows
 * itself. Until one is there, questions find the same without it, only slower; so nothing that has to be unique stands
 * here.
 */
import { sql, type Kysely } from 'kysely'
import type { TableName } from './placing.ts'
import type { Database } from './schema.ts'

export interface LaterIndex {
  /** Of no other index in this database, for ever. */
  readonly name: string
  readonly on: TableName
  /** What follows the table in `create index`: `(stream) where kind = 'building'`. */
  readonly by: string
}

interface Found {
  /** `p`: PostgreSQL's own parts. */
  readonly kind: string
  /** Null where there is no such index; false where its making was cut short. */
  readonly valid: boolean | null
}

/**
 * Makes those that are missing, by the owner, one after the other; waits for transactions that began before. One whose
 * making was cut short is taken away and made anew. Only one server at a time may do it (`one-at-a-time.ts`).
 */
export async function buildIndexes(
  db: Kysely<Database>,
  indexes: Iterable<LaterIndex>,
): Promise<void> {
  for (const { name, on, by } of indexes) {
    const { rows } = await sql<Found>`
      select held.relkind as kind, (
        select found.indisvalid from pg_index as found
        join pg_class as own on own.oid = found.indexrelid
        where own.relname = ${name} and found.indrelid = held.oid
      ) as valid
      from pg_class as held where held.oid = ${on}::regclass`.execute(db)
    const [found] = rows
    if (!found) throw new Error(`no table ${on} for the index ${name}`)
    if (found.valid) continue
    const meanwhile = found.kind === 'p' ? '' : 'concurrently'
    if (found.valid === false) await sql.raw(`drop index ${meanwhile} ${name}`).execute(db)
    await sql.raw(`create index ${meanwhile} ${name} on ${on} ${by}`).execute(db)
  }
}
