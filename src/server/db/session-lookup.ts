/**
 * Who asks, looked up for many requests in one question. When hundreds of devices come back at once, each with a stream
 * and a pull, a question each would fill the pool of connections and keep those waiting who have work to deliver.
 */
import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'
import { findSessions, type SessionRow } from './sessions.ts'

export interface SessionLookup {
  /** By the hash of a pass, or of a cookie; what is found stood in the database after it was asked for. */
  find(hash: string): Promise<SessionRow | undefined>
}

interface Waiter {
  resolve(session: SessionRow | undefined): void
  reject(error: unknown): void
}

/** Two, so that one slow answer does not keep everybody. */
const questionsAtOnce = 2
/** A question's own size stays bounded however many come. */
const hashesAtOnce = 500

export function createSessionLookup(db: Kysely<Database>): SessionLookup {
  const waiting = new Map<string, Waiter[]>()
  let asking = 0

  const ask = async () => {
    const asked = [...waiting].slice(0, hashesAtOnce)
    for (const [hash] of asked) waiting.delete(hash)
    asking += 1
    try {
      const found = await findSessions(
        db,
        asked.map(([hash]) => hash),
      )
      for (const [hash, waiters] of asked) for (const one of waiters) one.resolve(found.get(hash))
    } catch (error) {
      for (const [, waiters] of asked) for (const one of waiters) one.reject(error)
    }
    asking -= 1
    askNext()
  }
  const askNext = () => {
    if (waiting.size > 0 && asking < questionsAtOnce) void ask()
  }

  return {
    find: (hash) =>
      new Promise((resolve, reject) => {
        const waiters = waiting.get(hash) ?? []
        waiting.set(hash, [...waiters, { resolve, reject }])
        askNext()
      }),
  }
}
