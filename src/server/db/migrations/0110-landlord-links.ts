import { sql, type QueryExecutorProvider } from 'kysely'

/** A landlord's link is found by the hash of its token; what was said of somebody's coming by the residents of its answer. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create index record_landlord_link on record ((fields->>'hash'))
    where kind = 'landlord-link'`,
  `create index record_answer_residents on record using gin ((fields->'residents'))
    where kind = 'declaration-answer'`,
]
