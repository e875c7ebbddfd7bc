/**
 * Who asks, looked up for many requests in one question. When hundreds of devices come back at once, each with a stream
 * and a pull, a question each would fill the pool of connections and keep those waiting who have work to deliver.
 */
import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'
import { findSessions, type AskedSession, type SessionRow } from './sessions.ts'

export interface SessionLookup {
  /** By the hash of a pass, or of a cookie; what is found stood in the database after it was asked for. */
  find(asked: AskedSession): Promise<SessionRow | undefined>
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
  /** By what was shown and by whom: the same hash under another device is another question. */
  const waiting = new Map<string, { readonly asked: AskedSession; readonly waiters: Waiter[] }>()
  let asking = 0

  const ask = async () => {
    const these = [...waiting].slice(0, hashesAtOnce)
    for (const [key] of these) waiting.delete(key)
    asking += 1
    try {
      const found = await findSessions(
        db,
        these.map(([, { asked }]) => asked),
      )
      for (const [, { asked, waiters }] of these)
        for (const one of waiters) one.resolve(found.get(asked.hash))
    } catch (error) {
      for (const [, { waiters }] of these) for (const one of waiters) one.reject(error)
    }
    asking -= 1
    askNext()
  }
  const askNext = () => {
    if (waiting.size > 0 && asking < questionsAtOnce) void ask()
  }

  return {
    find: (asked) =>
      new Promise((resolve, reject) => {
        const key = `${asked.hash} ${asked.device ?? ''}`
        const entry = waiting.get(key) ?? { asked, waiters: [] }
        entry.waiters.push({ resolve, reject })
        waiting.set(key, entry)
        askNext()
      }),
  }
}
