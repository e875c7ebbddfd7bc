/**
 * Failed sign-ins, counted under hashed keys: who mistyped where is nobody's business. Those of a device that its account
 * is known by lie with the device.
 */
import { sql, type Kysely } from 'kysely'
import type { Database } from './schema.ts'

export interface Tries {
  readonly failures: number
  /** Milliseconds since 1970 of the last one; 0 where there is none. */
  readonly last: number
}

const ofDevice = 'device/'

/** Under which the failures of a device count. */
export const keyOfDevice = (device: string): string => `${ofDevice}${device}`

interface Keys {
  readonly devices: readonly string[]
  readonly others: readonly string[]
}

function apart(keys: readonly string[]): Keys {
  return {
    devices: keys
      .filter((key) => key.startsWith(ofDevice))
      .map((key) => key.slice(ofDevice.length)),
    others: keys.filter((key) => !key.startsWith(ofDevice)),
  }
}

interface Wanted {
  readonly key: string
  readonly since: Date
}

/** Of each key the failures since its moment. */
export async function triesOf(
  db: Kysely<Database>,
  wanted: readonly Wanted[],
): Promise<ReadonlyMap<string, Tries>> {
  const own = wanted.filter(({ key }) => key.startsWith(ofDevice))
  const others = wanted.filter(({ key }) => !key.startsWith(ofDevice))
  return new Map([...(await triesOfDevices(db, own)), ...(await triesOfKeys(db, others))])
}

async function triesOfDevices(
  db: Kysely<Database>,
  wanted: readonly Wanted[],
): Promise<ReadonlyMap<string, Tries>> {
  const found = new Map<string, Tries>()
  for (const { key, since } of wanted) {
    const { rows } = await sql<{ n: number; last: Date | null }>`
      select count(*)::integer as n, max(at) as last from device_attempt
      where device = ${key.slice(ofDevice.length)}::uuid and at > ${since}`.execute(db)
    const [row] = rows
    if (row?.last) found.set(key, { failures: row.n, last: row.last.getTime() })
  }
  return found
}

async function triesOfKeys(
  db: Kysely<Database>,
  wanted: readonly Wanted[],
): Promise<ReadonlyMap<string, Tries>> {
  if (wanted.length === 0) return new Map()
  const keys = wanted.map(({ key }) => key)
  const { rows } = await sql<{ key: string; n: number; last: Date }>`
    select attempt.key, count(*)::integer as n, max(attempt.at) as last
    from unnest(${sql.val(keys)}::text[], ${sql.val(wanted.map(({ since }) => since))}::timestamptz[])
      as wanted (key, since)
    join attempt on attempt.key = wanted.key and attempt.at > wanted.since
    where attempt.key = any(${sql.val(keys)}::text[])
    group by attempt.key`.execute(db)
  return new Map(rows.map(({ key, n, last }) => [key, { failures: n, last: last.getTime() }]))
}

const keptMs = 24 * 3_600_000

/** Under each of its keys. */
export async function noteFailure(
  db: Kysely<Database>,
  id: string,
  keys: readonly string[],
  at: Date,
): Promise<void> {
  const { devices, others } = apart(keys)
  for (const device of devices) {
    await db.insertInto('device_attempt').values({ device, id, at }).execute()
  }
  if (others.length === 0) return
  await db
    .insertInto('attempt')
    .values(others.map((key) => ({ id, key, at })))
    .execute()
}

export async function forgetFailures(db: Kysely<Database>, keys: readonly string[]): Promise<void> {
  const { devices, others } = apart(keys)
  for (const device of devices) {
    await db.deleteFrom('device_attempt').where('device', '=', device).execute()
  }
  if (others.length === 0) return
  await db
    .deleteFrom('attempt')
    .where('key', '=', sql<string>`any(${sql.val([...others])}::text[])`)
    .execute()
}

const homeMs = 90 * 86_400_000

/** Whether a login has signed in from an address within some months; by the key of the two together. */
export async function isHome(db: Kysely<Database>, key: string): Promise<boolean> {
  const found = await db
    .selectFrom('sign_in_home')
    .select('key')
    .where('key', '=', key)
    .executeTakeFirst()
  return found !== undefined
}

export async function noteHome(db: Kysely<Database>, key: string, at: Date): Promise<void> {
  await sql`insert into sign_in_home (key, at) values (${key}, ${at})
    on conflict (key) do update set at = excluded.at`.execute(db)
}

/** What no pace looks at any more, and homes that nobody signed in from for long. */
export async function forgetOldTries(db: Kysely<Database>, now: Date): Promise<void> {
  const before = (ms: number) => new Date(now.getTime() - ms)
  await db.deleteFrom('attempt').where('at', '<', before(keptMs)).execute()
  await db.deleteFrom('device_attempt').where('at', '<', before(keptMs)).execute()
  await db.deleteFrom('sign_in_home').where('at', '<', before(homeMs)).execute()
}
