import { sql, type Kysely } from 'kysely'

/** Records go from one stream to another, with all that belongs to them and is about them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table record add column moved_to uuid, add column moves integer not null default 0`,
  `update record set parent = (fields->>'subject')::uuid where kind = 'colour' and not removed`,
  `update record set parent = (fields->>'record')::uuid where kind = 'clash' and not removed`,
]
