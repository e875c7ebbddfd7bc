import { sql, type QueryExecutorProvider } from 'kysely'

/** Photographs that a unit took itself and that stand beside no request yet: every round of the calendar asks for them. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql
    .raw(
      `create index record_photo_of_unit on record (stream, id)
        where kind = 'errand-photo' and not removed and fields->>'photo' is null`,
    )
    .execute(db)
}
