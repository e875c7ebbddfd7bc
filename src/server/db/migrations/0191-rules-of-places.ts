import { sql, type QueryExecutorProvider } from 'kysely'

/**
 * What governs a place, and what it is called, once more in a table that every machine has (`db/place-rules.ts`): a push
 * then asks no machine but its grid's and its device's.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

/** What stands for a rule's fields: the same for the same ones. */
export const markOf = (fields: string): string =>
  `encode(sha256(convert_to((${fields})::text, 'UTF8')), 'hex')`

export const fillPlaceRules = `
  insert into place_rule (place, id, kind, version, by, mark, fields)
  select stream, id, kind, version, by, ${markOf('fields')}, fields from record
  where kind in ('scheme', 'policy', 'approval', 'catalogue', 'calendar', 'place')
    and (kind <> 'place' or id = stream) and not removed`

const statements = [
  `create table place_rule (
    place uuid not null,
    id uuid not null,
    kind text not null,
    version bigint not null,
    by uuid,
    mark text not null,
    fields jsonb not null,
    primary key (place, id)
  )`,
  fillPlaceRules,
]
