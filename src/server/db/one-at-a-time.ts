/** Work that several servers begin at once and one after the other must do: the first start of an empty database. */
import { setTimeout as wait } from 'node:timers/promises'
import { sql, type Kysely } from 'kysely'
import type { Database } from './schema.ts'

/** Any number that nothing else in this database locks. */
const lockKey = 5_201_314

const againMs = 500

/**
 * Runs `work` while no other server runs such work; waits for its turn, and ends where `signal` says so. The lock goes
 * with its connection: a server that is killed keeps nobody waiting.
 */
export async function oneAtATime<T>(
  db: Kysely<Database>,
  signal: AbortSignal,
  work: () => Promise<T>,
  onWait: () => void = () => undefined,
): Promise<T> {
  return db.connection().execute(async (connection) => {
    for (let isFirst = true; !(await tryLock(connection)); isFirst = false) {
      if (isFirst) onWait()
      await wait(againMs, undefined, { signal })
    }
    try {
      return await work()
    } finally {
      await sql`select pg_advisory_unlock(${lockKey})`.execute(connection)
    }
  })
}

async function tryLock(connection: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ locked: boolean }>`
    select pg_try_advisory_lock(${lockKey}) as locked`.execute(connection)
  return rows[0]?.locked ?? false
}
