/** Failed sign-ins, counted by login and by address, both hashed: who mistyped where is nobody's business. */
import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'

/**
 * Notes an attempt under each key and counts each key's since a moment, this one included. Noted before the
 * password is looked at: a hundred at once cannot all slip through the same count.
 */
export async function noteAttempt(
  db: Kysely<Database>,
  id: string,
  keys: readonly string[],
  at: Date,
  since: Date,
): Promise<ReadonlyMap<string, number>> {
  await db
    .insertInto('attempt')
    .values(keys.map((key) => ({ id, key, at })))
    .execute()
  const rows = await db
    .selectFrom('attempt')
    .select(({ fn }) => ['key', fn.countAll<number>().as('n')])
    .where('key', 'in', [...keys])
    .where('at', '>', since)
    .groupBy('key')
    .execute()
  return new Map(rows.map(({ key, n }) => [key, Number(n)]))
}

/** It did not fail after all, or was refused unseen: that shall not prolong the wait. */
export async function forgetAttempt(db: Kysely<Database>, id: string): Promise<void> {
  await db.deleteFrom('attempt').where('id', '=', id).execute()
}

export async function forgetAttemptsBefore(db: Kysely<Database>, moment: Date): Promise<void> {
  await db.deleteFrom('attempt').where('at', '<', moment).execute()
}
