import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { PreparingClient } from './prepared.ts'
import type { Database } from './schema.ts'

const bigint = 20

function textParser(
  oid: number,
  format: 'text' | 'binary' | undefined,
): (value: string) => unknown {
  return pg.types.getTypeParser(oid, format ?? 'text') as (value: string) => unknown
}

const pools = new WeakMap<Kysely<Database>, pg.Pool>()

/** How many of its connections work, rest and are waited for; null of what was not opened here. */
export function poolOf(
  db: Kysely<Database>,
): Pick<pg.Pool, 'totalCount' | 'idleCount' | 'waitingCount'> | null {
  return pools.get(db) ?? null
}

export interface PoolSize {
  /** Connections at most. */
  readonly most: number
  /** Seconds to wait for one. */
  readonly patience: number
  /** What is asked often gets a name in each connection (`prepared.ts`). */
  readonly isPrepared?: boolean
}

const usualPool: PoolSize = { most: 20, patience: 5 }

/**
 * A pool of connections. One that breaks, idle or at work, is told to `onError` and replaced; it never takes the
 * process down.
 */
export function openDatabase(
  url: string,
  onError: (error: unknown) => void = () => undefined,
  { most, patience, isPrepared = false } = usualPool,
): Kysely<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: most,
    ...(isPrepared ? { Client: PreparingClient } : {}),
    connectionTimeoutMillis: patience * 1_000,
    keepAlive: true,
    // Versions and counts are numbers here; they stay far below 2^53.
    types: {
      getTypeParser: (oid, format) => (Number(oid) === bigint ? Number : textParser(oid, format)),
    },
  })
  pool.on('error', onError)
  // The pool listens to a connection while it is idle; between the statements of a transaction nobody does.
  pool.on('connect', (client) => client.on('error', onError))
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  pools.set(db, pool)
  return db
}
