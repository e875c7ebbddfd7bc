import { sql, type QueryExecutorProvider } from 'kysely'

/** The account of a stairwell is found by the code of its page. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create index record_fund_page on record ((fields->>'page')) where kind = 'fund'`,
]
