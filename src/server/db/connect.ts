import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Database } from './schema.ts'

const bigint = 20

function textParser(
  oid: number,
  format: 'text' | 'binary' | undefined,
): (value: string) => unknown {
  return pg.types.getTypeParser(oid, format ?? 'text') as (value: string) => unknown
}

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
    // Versions and counts are numbers here; they stay far below 2^53.
    types: {
      getTypeParser: (oid, format) => (Number(oid) === bigint ? Number : textParser(oid, format)),
    },
  })
  pool.on('error', onError)
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
}
