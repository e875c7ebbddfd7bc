import { sql, type Kysely } from 'kysely'

/** The office's policy is asked for with each push, and who left long ago each day. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create index record_policy on record (stream) where kind = 'policy'`,
  `create index record_gone on record (stream, id) where kind = 'resident' and not removed
    and (fields->>'movedOutOn' is not null or fields->>'diedOn' is not null)`,
  `create index record_visit on record (stream, (fields->>'at')) where kind = 'visit' and not removed`,
]
