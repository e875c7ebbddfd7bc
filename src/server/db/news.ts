/** What one server of a database tells the others. News lives for a minute, by the clock of the database. */
import { sql, type Kysely } from 'kysely'
import type { Database } from './schema.ts'

/** PostgreSQL's channel on which a server says that there is news; the news itself stands in the table. */
export const newsChannel = 'wuse_news'

/** An id may be given before one that is lower is committed: so far back is looked again. */
const lookBack = 200

export interface NewsRow {
  readonly id: number
  readonly server: string
  readonly body: unknown
}

export async function tellNews(
  db: Kysely<Database>,
  server: string,
  body: readonly unknown[],
): Promise<void> {
  await sql`
    insert into news (server, body) values (${server}, ${JSON.stringify(body)}::jsonb)`.execute(db)
  await probeNews(db)
  await sql`delete from news where at < now() - interval '1 minute'`.execute(db)
}

/** Says that there is news where there is none: whoever listens learns that it hears. */
export async function probeNews(db: Kysely<Database>): Promise<void> {
  await sql`select pg_notify(${newsChannel}, '')`.execute(db)
}

/**
 * What was told within half a minute. Of servers at several machines no id says what is newer: each machine gives ids
 * of its own. Whoever asks each second misses nothing, and knows what it heard before.
 */
export async function recentNews(db: Kysely<Database>): Promise<NewsRow[]> {
  return db
    .selectFrom('news')
    .select(['id', 'server', 'body'])
    .where('at', '>', sql<Date>`now() - interval '30 seconds'`)
    .orderBy('at')
    .execute()
}

/** The news behind `id`, and once more some from before it; a null asks for the newest alone. */
export async function newsSince(db: Kysely<Database>, id: number | null): Promise<NewsRow[]> {
  if (id !== null) {
    return db
      .selectFrom('news')
      .select(['id', 'server', 'body'])
      .where('id', '>', id - lookBack)
      .orderBy('id')
      .execute()
  }
  const newest = await db
    .selectFrom('news')
    .select(['id', 'server', 'body'])
    .orderBy('id', 'desc')
    .limit(lookBack)
    .execute()
  return newest.reverse()
}
