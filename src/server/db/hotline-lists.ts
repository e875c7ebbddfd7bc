/** The outside systems of an account's places, and what of theirs waits to be admitted. */
import { sql, type Kysely } from 'kysely'
import { instantToDay } from '#domain/day.ts'
import { maskName } from '#domain/mask.ts'
import type { HotlineWords } from '#domain/requests/hotline.ts'
import type { HotlineSystem, WaitingRequest } from '#protocol/hotline.ts'
import type { Database } from './schema.ts'

const ownPlaces = (account: string) => sql`
  with recursive own as (
    select place as id from account_place where account = ${account}::uuid
    union
    select place.id from place join own on place.parent = own.id
  )`
/** So many at once: the rest comes when these are decided. */
const mostListed = 100

export async function listSystems(
  db: Kysely<Database>,
  account: string,
  now: number,
): Promise<readonly HotlineSystem[]> {
  const { rows } = await sql<{
    id: string
    name: string
    places: string[]
    may_write: boolean
    made_at: Date
    keyed_at: Date
    stopped_at: Date | null
    used_at: Date | null
    used_today: number
    refused_today: number
  }>`
    ${ownPlaces(account)}
    select id, name, places, may_write, made_at, keyed_at, stopped_at, used_at,
      case when used_day = ${instantToDay(new Date(now).toISOString())}::date then used_today else 0 end
        as used_today,
      case when used_day = ${instantToDay(new Date(now).toISOString())}::date then refused_today else 0 end
        as refused_today
    from hotline_system
    where places <@ array(select id from own)
    order by stopped_at nulls first, made_at, id`.execute(db)
  return rows.map((row) => ({
    ...{ id: row.id, name: row.name, places: row.places, mayWrite: row.may_write },
    ...{ madeAt: row.made_at.toISOString(), keyedAt: row.keyed_at.toISOString() },
    stoppedAt: row.stopped_at?.toISOString() ?? null,
    usedAt: row.used_at?.toISOString() ?? null,
    ...{ usedToday: row.used_today, refusedToday: row.refused_today },
  }))
}

/** The oldest first. Who called stands there by a masked name, and the telephone stays here, until it is admitted. */
export async function listWaiting(
  db: Kysely<Database>,
  account: string,
): Promise<{ readonly waiting: readonly WaitingRequest[]; readonly count: number }> {
  const { rows } = await sql<{
    id: string
    system: string
    outside_number: string
    number: string
    place: string
    service: string | null
    service_name: string | null
    said: HotlineWords
    asked_at: Date
    received_at: Date
    additions: string[] | null
    count: number
  }>`
    ${ownPlaces(account)}
    select one.id, hotline_system.name as system, outside_number, number, place, service,
      service_name, said, asked_at, received_at, count(*) over () as count,
      (select array_agg(words order by at) from hotline_addition
        where hotline_request = one.id and words is not null) as additions
    from hotline_request as one join hotline_system on hotline_system.id = one.system
    where state = 'waiting' and place in (select id from own)
    order by received_at, one.id limit ${mostListed}`.execute(db)
  return {
    count: Number(rows[0]?.count ?? 0),
    waiting: rows.map(({ said, ...row }) => ({
      ...{ id: row.id, system: row.system, number: row.number, place: row.place },
      ...{ outsideNumber: row.outside_number, item: row.service, itemName: row.service_name },
      ...{ words: said.words, where: said.where, until: said.until },
      name: said.name === null ? null : maskName(said.name),
      hasTelephone: said.telephone !== null,
      additions: row.additions ?? [],
      askedAt: row.asked_at.toISOString(),
      receivedAt: row.received_at.toISOString(),
    })),
  }
}

/** How many wait, and nothing of them: for whoever only wants to know whether to look. */
export async function countWaiting(db: Kysely<Database>, account: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    ${ownPlaces(account)}
    select count(*) as count from hotline_request
    where state = 'waiting' and place in (select id from own)`.execute(db)
  return Number(rows[0]?.count ?? 0)
}
