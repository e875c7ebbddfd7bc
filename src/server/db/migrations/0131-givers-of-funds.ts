import { sql, type QueryExecutorProvider } from 'kysely'

/** Who gave for a stairwell goes with the person: found by whom it names. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create index record_fund_giver on record ((fields->>'resident')) where kind = 'fund-giver'`,
]
