import { sql, type QueryExecutorProvider } from 'kysely'

/**
 * What governs the places below one (`db/rules-above.ts`) is found without reading the people and doors of its stream.
 * One index for all kinds of rule takes the place of one each.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create index record_rule on record (stream, kind, version)
    where kind in ('scheme', 'policy', 'approval', 'catalogue', 'calendar')`,
  'drop index record_scheme',
  'drop index record_policy',
]
