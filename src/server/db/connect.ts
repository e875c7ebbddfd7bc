import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Database } from './schema.ts'

const bigint = 20

/**
 * A pool of connections. A connection that breaks while it is idle is told to `onError` and replaced; it never takes
 * the process down.
 */
export function openDatabase(
  url: string,
  onError: (error: unknown) => void = () => undefined,
): Kysely<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 20,
    connectionTimeoutMillis: 5_000,
    types: {
      // Versions and counts are numbers here; they stay far below 2^53.
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === bigint
          ? (value: string) => Number(value)
          : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
    },
  })
  pool.on('error', onError)
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
}
