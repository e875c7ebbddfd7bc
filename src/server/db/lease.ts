/** Which of several servers does something, for a while, by the clock of the database. */
import { sql, type Kysely } from 'kysely'
import type { Database } from './schema.ts'

/** True where `holder` has it for so many seconds from now on: it had it, or nobody has it any more. */
export async function takeLease(
  db: Kysely<Database>,
  name: string,
  holder: string,
  seconds: number,
): Promise<boolean> {
  // The moment stands in the row that is offered: on several machines a conflict may ask no clock of its own.
  const { rows } = await sql`
    insert into lease (name, holder, until, taken_at)
    values (${name}, ${holder}, now() + make_interval(secs => ${seconds}), now())
    on conflict (name) do update
      set holder = excluded.holder, until = excluded.until, taken_at = excluded.taken_at
      where lease.holder = excluded.holder or lease.until < excluded.taken_at
    returning name`.execute(db)
  return rows.length > 0
}

/** Another server may take it at once. */
export async function giveBackLease(
  db: Kysely<Database>,
  name: string,
  holder: string,
): Promise<void> {
  await db.deleteFrom('lease').where('name', '=', name).where('holder', '=', holder).execute()
}
