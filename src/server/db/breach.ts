/**
 * Who was on a device. Which places it fetched and when first is on record (`device_pull`), and when it fetched last;
 * not what it had at each moment between. So this is the most that can have been on it: everybody who stood in one of
 * its places at some moment between the two.
 */
import { sql, type Kysely } from 'kysely'
import type { Role } from '#domain/account.ts'
import { formatDoor } from '#domain/format-door.ts'
import type { BreachPerson } from '#domain/breach.ts'
import type { Building } from '#domain/building.ts'
import type { Day } from '#domain/day.ts'
import type { Dwelling } from '#domain/dwelling.ts'
import { ageGroupOf, birthOf } from '#domain/minor.ts'
import { maySeePersons } from '#domain/permission.ts'
import type { Resident } from '#domain/resident.ts'
import { findDevice } from './devices.ts'
import { listOf } from './place-tree.ts'
import type { Database } from './schema.ts'
import { streamsOf } from './streams.ts'

export interface BreachPlace {
  readonly id: string
  readonly name: string
  /** When the device first fetched it; null where that is not on record. */
  readonly firstAt: Date | null
  /** False: not the account's any more, so that the device may have dropped it before. */
  readonly isOwn: boolean
}

export interface Breach {
  readonly account: { readonly id: string; readonly name: string; readonly role: Role }
  readonly revokedAt: Date | null
  /** When it fetched last; null where it never did, and so holds nothing but what was typed into it. */
  readonly lastPull: Date | null
  readonly places: readonly BreachPlace[]
  readonly people: readonly BreachPerson[]
  /** People whose data was purged, or taken back, since: nobody here can say any more who they were. */
  readonly purged: number
  /** Names of others that stand in its places. */
  readonly landlords: number
  readonly askers: number
  /** Fields of the people that hold something. */
  readonly fields: ReadonlySet<string>
}

/** A push may be counted a little before it is written, and a pull reads on for some time. */
const slackMs = 10 * 60_000

/** Null where no device has that id. `since`: from when on it may have been in other hands. */
export async function readBreach(
  db: Kysely<Database>,
  id: string,
  since: Date,
  today: Day,
): Promise<Breach | null> {
  const device = await findDevice(db, id)
  if (!device) return null
  const row = await db
    .selectFrom('device')
    .innerJoin('account', 'account.id', 'device.account')
    .select(['account.id', 'account.name', 'account.role', 'device.pulled_at'])
    .where('device.id', '=', id)
    .executeTakeFirstOrThrow()
  const lastPull = row.pulled_at
  const account = { id: row.id, name: row.name, role: row.role as Role }
  const places = lastPull === null ? [] : await placesOf(db, id, account.id)
  const sees = await sawPersons(db, account)
  const people = new Map<string, BreachPerson>()
  const fields = new Set<string>()
  let purged = 0
  let landlords = 0
  let askers = 0
  const from = lastPull !== null && lastPull < since ? lastPull : since
  const to = lastPull ?? since
  for (const place of sees ? places : []) {
    const found = await peopleOf(db, id, place.id, from, to)
    for (const one of found) {
      if (!one.resident) purged += 1
      else if (!one.resident.mergedInto && !people.has(one.id)) {
        people.set(one.id, personOf(one.id, one.resident, one, today))
        for (const [name, value] of Object.entries(one.resident)) {
          if (isHeld(value)) fields.add(name)
        }
      }
    }
    const others = await countOthers(db, place.id)
    landlords += others.landlords
    askers += others.askers
  }
  return {
    ...{ account, lastPull, revokedAt: device.revoked_at, places },
    ...{ people: [...people.values()], purged, landlords, askers, fields },
  }
}

function isHeld(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  return value !== null && value !== undefined && value !== ''
}

/** Whether the account saw persons, now or with a role that it had before. */
async function sawPersons(
  db: Kysely<Database>,
  { id, role }: { readonly id: string; readonly role: Role },
): Promise<boolean> {
  const before = await db
    .selectFrom('late_place')
    .select('role')
    .where('account', '=', id)
    .execute()
  return [role, ...before.map((one) => one.role as Role)].some(maySeePersons)
}

/** Places that it fetched; of a device from before these were noted, those of its account. */
async function placesOf(
  db: Kysely<Database>,
  device: string,
  account: string,
): Promise<BreachPlace[]> {
  const own = new Set((await streamsOf(db, account)).map(({ id }) => id))
  const pulled = await db
    .selectFrom('device_pull')
    .select(['stream as id', 'at'])
    .where('device', '=', device)
    .orderBy('stream')
    .execute()
  const ids = pulled.length > 0 ? pulled.map(({ id }) => id) : [...own]
  const { rows: names } = await sql<{ id: string; name: string }>`
    select id, fields->>'name' as name from record
    where kind = 'place' and id = stream and stream = ${listOf(ids)} and id = ${listOf(ids)}`.execute(
    db,
  )
  const nameOf = new Map(names.map(({ id, name }) => [id, name]))
  const firstOf = new Map(pulled.map(({ id, at }) => [id, at]))
  return ids.map((id) => ({
    id,
    name: nameOf.get(id) ?? '',
    firstAt: firstOf.get(id) ?? null,
    isOwn: own.has(id),
  }))
}

interface Found {
  readonly id: string
  /** Null where nothing is left of it. */
  readonly resident: Resident | null
  readonly dwelling: Dwelling | null
  readonly building: Building | null
  readonly place: string | null
}

/**
 * Residents who stood in a stream at some moment from `from` until `to`, or were written by the device itself. Versions
 * are dense and in the order of time, and the log says when some of them were made: between those the later one counts.
 */
async function peopleOf(
  db: Kysely<Database>,
  device: string,
  stream: string,
  from: Date,
  to: Date,
): Promise<Found[]> {
  const before = new Date(from.getTime() - slackMs).toISOString()
  const after = new Date(to.getTime() + slackMs).toISOString()
  const { rows: was } = await sql<{ id: string }>`
    with span as (
      select
        coalesce((select max(version) from change where stream = ${stream}::uuid
          and entry is not null and received_at < ${before}::timestamptz), 0) as gone,
        coalesce((select min(version) - 1 from change where stream = ${stream}::uuid
          and entry is not null and received_at > ${after}::timestamptz),
          (select head from stream where id = ${stream}::uuid)) as came
    )
    select record.id from record, span
      where stream = ${stream}::uuid and kind = 'resident' and (
        (not removed and ((created->>'version')::bigint <= span.came or created->>'device' = ${device}))
        or (removed and version > span.gone
          and (moved_to is null or (created->>'version')::bigint <= span.came))
      )
    order by record.id`.execute(db)
  const ids = was.map(({ id }) => id)
  // Whoever stood there may stand in another grid by now; their doors stand with them.
  const { rows } = await sql<Found>`
    select now.id, now.fields as resident, dwelling.fields as dwelling, building.fields as building,
      place.fields->>'name' as place
    from record now
    left join record household on household.stream = now.stream
      and household.id = (now.fields->>'household')::uuid
    left join record dwelling on dwelling.stream = now.stream
      and dwelling.id = (household.fields->>'dwelling')::uuid
    left join record building on building.stream = now.stream
      and building.id = (dwelling.fields->>'building')::uuid
    left join record place on place.stream = now.stream and place.id = now.stream
    where now.id = ${listOf(ids)} and not now.removed`.execute(db)
  const nothing = { resident: null, dwelling: null, building: null, place: null }
  return ids.flatMap((id) => {
    const found = rows.filter((row) => row.id === id)
    return found.length > 0 ? found : [{ id, ...nothing }]
  })
}

function personOf(id: string, resident: Resident, at: Found, today: Day): BreachPerson {
  const { dwelling, building } = at
  const door = dwelling ? `${building?.estate ?? ''}${formatDoor(building, dwelling)}` : ''
  return {
    id,
    name: resident.name,
    birth: birthOf(resident, today),
    group: resident.diedOn ? null : ageGroupOf(resident, today),
    phones: resident.phones ?? [],
    guardianName: resident.guardianName ?? null,
    guardianPhone: resident.guardianPhone ?? null,
    address: [at.place, door].filter(Boolean).join(' '),
    state: resident.diedOn ? 'dead' : resident.movedOutOn ? 'moved' : 'here',
  }
}

async function countOthers(db: Kysely<Database>, stream: string) {
  const { rows } = await sql<{ landlords: number; askers: number }>`
    select
      count(distinct (fields->>'landlordName', fields->>'landlordPhone')) filter (
        where kind = 'dwelling' and coalesce(fields->>'landlordName', fields->>'landlordPhone') is not null
      )::int as landlords,
      count(*) filter (
        where kind = 'asker' and coalesce(fields->>'name', fields->>'telephone') is not null
      )::int as askers
    from record where stream = ${stream}::uuid and kind in ('dwelling', 'asker') and not removed`.execute(
    db,
  )
  return rows[0] ?? { landlords: 0, askers: 0 }
}
