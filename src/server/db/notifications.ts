/** What waits for an office by place, and the log of what was told of it; see docs/decisions/0081. */
import { sql, type Kysely } from 'kysely'
import type { WaitsAs } from './notification-table.ts'
import type { Database } from './schema.ts'

export interface Waiting {
  readonly place: string
  readonly what: WaitsAs
  readonly count: number
  readonly mark: number
}

export async function waitingByPlace(db: Kysely<Database>): Promise<readonly Waiting[]> {
  const page = await sql<Waiting & { mark: string }>`
    select place, 'page' as what, count(*)::integer as count,
      (extract(epoch from max(received_at)) * 1000)::bigint as mark
    from ask_request where state = 'waiting' group by place`.execute(db)
  const request = await sql<Waiting & { mark: string }>`
    select state.stream as place, 'request' as what, count(*)::integer as count,
      max(one.version) as mark
    from request_state as state
    join record as one on one.stream = state.stream and one.id = state.request
    where state.state = 'submitted' group by state.stream`.execute(db)
  return [...page.rows, ...request.rows].map((one) => ({ ...one, mark: Number(one.mark) }))
}

/** One line of the log for each place with something newer than was told; what was not sent yet is told as it is now. */
export async function noteWaiting(
  db: Kysely<Database>,
  { place, what, count, mark }: Waiting,
  { now, ids }: { readonly now: number; readonly ids: () => string },
): Promise<void> {
  const last = await db
    .selectFrom('notification')
    .select(['id', 'mark', 'sent_at', 'given_up_at'])
    .where('place', '=', place)
    .where('what', '=', what)
    .orderBy('mark', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (last && Number(last.mark) >= mark) return
  if (last && last.sent_at === null && last.given_up_at === null) {
    await db
      .updateTable('notification')
      // Another id: whoever drops what it heard before would drop this as well.
      .set({ count, mark, id: ids(), tries: 0, made_at: new Date(now) })
      .where('place', '=', place)
      .where('id', '=', last.id)
      .execute()
    return
  }
  await db
    .insertInto('notification')
    .values({
      ...{ place, id: ids(), what, count, mark, made_at: new Date(now), tries: 0 },
      ...{ status: null, sent_at: null, given_up_at: null },
    })
    .execute()
}

export interface Unsent extends Omit<Waiting, 'mark'> {
  readonly madeAt: Date
  readonly id: string
  readonly tries: number
  readonly name: string | null
}

/** The oldest first. */
export async function unsentNotifications(
  db: Kysely<Database>,
  most: number,
): Promise<readonly Unsent[]> {
  const { rows } = await sql<Unsent>`
    select one.place, one.id, one.what, one.count, one.made_at as "madeAt", one.tries,
      here.fields->>'name' as name
    from notification as one
    left join record as here on here.stream = one.place and here.id = one.place
    where one.sent_at is null and one.given_up_at is null
    order by one.made_at limit ${sql.lit(most)}`.execute(db)
  return rows
}

export async function noteTold(
  db: Kysely<Database>,
  { place, id, tries }: Pick<Unsent, 'place' | 'id' | 'tries'>,
  told: { readonly status: number | null; readonly isSent: boolean; readonly isLast: boolean },
  at: Date,
): Promise<void> {
  const { status, isSent, isLast } = told
  await db
    .updateTable('notification')
    .set({
      ...{ tries: tries + 1, status, sent_at: isSent ? at : null },
      given_up_at: !isSent && isLast ? at : null,
    })
    .where('place', '=', place)
    .where('id', '=', id)
    .execute()
}

const keptMs = 90 * 86_400_000

export async function forgetNotifications(db: Kysely<Database>, now: number): Promise<void> {
  await db
    .deleteFrom('notification')
    .where('made_at', '<', new Date(now - keptMs))
    .execute()
}
