import type { Kysely, Transaction } from 'kysely'
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
      if (attempt >= mostTries || !retryable.has(sqlStateOf(error))) throw error
    }
  }
}

/** SQLSTATE of an error of the database, or the system's code of one of the socket; empty where it is neither. */
export function sqlStateOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
