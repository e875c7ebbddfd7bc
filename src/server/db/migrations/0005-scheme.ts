import { sql, type Kysely } from 'kysely'

/** Under which scheme a stream's subjects were coloured last; null before this was kept, and under the built-in one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter table stream add column coloured_by uuid`).execute(db)
}
