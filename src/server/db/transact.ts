import type { Kysely, Transaction } from 'kysely'
import { isChangedUnderName } from './prepared.ts'
import type { Database } from './schema.ts'

/** Serialization failure and deadlock: the engine asks to try the same again. */
const retryable = new Set(['40001', '40P01'])
const mostTries = 5

/** Runs work in a transaction, again where the engine asks for it: the work must begin from nothing each time. */
export async function transact<T>(
  db: Kysely<Database>,
  work: (trx: Transaction<Database>) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      const isForAgain = retryable.has(sqlStateOf(error)) || isChangedUnderName(error)
      if (attempt >= mostTries || !isForAgain) throw error
    }
  }
}

/** SQLSTATE of an error of the database, or the system's code of one of the socket; empty where it is neither. */
export function sqlStateOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}

/** PostgreSQL's classes 08 and 57P, and what the socket says when nobody is there. */
export function isConnectionLost(error: unknown): boolean {
  return (
    /^(08|57P)|ECONN|ENOENT|EPIPE|ETIMEDOUT/.test(sqlStateOf(error)) ||
    (error instanceof Error && /terminat|timeout/i.test(error.message))
  )
}

/** PostgreSQL's class 53 (no disk space, memory or connection left) and a database that takes no writes (25006). */
export function isOutOfRoom(error: unknown): boolean {
  return /^(53|25006)/.test(sqlStateOf(error))
}
