/** Devices: each belongs to one account for ever, counts its mutations, and has the server's half of its key. */
import { sql, type Kysely } from 'kysely'
import type { DeviceReport, ListedDevice } from '#protocol/device.ts'
import { isSame } from '#protocol/merge.ts'
import { heldBelow } from './held-below.ts'
import { listOf } from './place-tree.ts'
import type { Database } from './schema.ts'

export interface DeviceRow {
  readonly id: string
  readonly account: string
  readonly key: string
  readonly last_seq: number
  readonly skew_ms: number | null
  readonly revoked_at: Date | null
  readonly pulled_at: Date | null
  readonly report: DeviceReport | null
}

export function findDevice(db: Kysely<Database>, id: string): Promise<DeviceRow | undefined> {
  return db.selectFrom('device').select(ofRow).where('id', '=', id).executeTakeFirst()
}

const ofRow = [
  ...(['id', 'account', 'key', 'last_seq', 'skew_ms'] as const),
  ...(['revoked_at', 'pulled_at', 'report'] as const),
]

/**
 * The device's row; made on its first sign-in with `key`, 32 bytes in base64. Of two sign-ins at once the first
 * makes it, so the row that is there afterwards counts, and not what was asked for.
 */
export async function enrolDevice(
  db: Kysely<Database>,
  device: {
    readonly id: string
    readonly account: string
    readonly name: string
    readonly key: string
  },
  now: Date,
): Promise<DeviceRow> {
  await db
    .insertInto('device')
    .values({ ...device, last_seq: 0, skew_ms: null, seen_at: now, revoked_at: null })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ name: device.name, seen_at: now })
        .where('device.account', '=', device.account),
    )
    .execute()
  return db.selectFrom('device').select(ofRow).where('id', '=', device.id).executeTakeFirstOrThrow()
}

/** What a device said of itself with its last pull. */
export async function noteReport(
  db: Kysely<Database>,
  id: string,
  report: DeviceReport | undefined,
  now: Date,
): Promise<void> {
  await db
    .updateTable('device')
    .set({ seen_at: now, pulled_at: now, ...(report ? { report: JSON.stringify(report) } : {}) })
    .where('id', '=', id)
    .execute()
}

/** So long a device that says nothing new is not written about: when it was seen is known to so many minutes. */
const notedMs = 10 * 60_000

/**
 * Whether the row says it already: the device pulled a short while ago and says the same of itself. A device asks every
 * minute whether anything moved, and a province has some fifty thousand of them.
 */
export function isNoted(
  { pulled_at: pulled, report: noted }: DeviceRow,
  report: DeviceReport | undefined,
  now: Date,
): boolean {
  const ago = pulled === null ? Infinity : Math.abs(now.getTime() - pulled.getTime())
  return ago < notedMs && (report === undefined || isSame(newsOf(noted), newsOf(report)))
}

/** How many bytes it has used differs with each page; it is told along with the rest. */
function newsOf(report: DeviceReport | null): unknown {
  if (!report) return null
  const { storage, ...rest } = report
  return { ...rest, persisted: storage?.persisted }
}

/** Devices of the accounts that work at the places of an account or below them, or did until they closed; last seen first. */
export async function listDevices(db: Kysely<Database>, account: string): Promise<ListedDevice[]> {
  const { rows: people } = await sql<{ id: string }>`
    ${heldBelow(account)}
    select distinct account as id from held where place in (select id from below)`.execute(db)
  const { rows } = await sql<{
    id: string
    device: string
    account: string
    name: string
    role: ListedDevice['account']['role']
    seen_at: Date
    skew_ms: number | null
    revoked_at: Date | null
    report: DeviceReport | null
  }>`
    select device.id, device.name as device, account.id as account, account.name, account.role,
      device.seen_at, device.skew_ms, device.revoked_at, device.report
    from device join account on account.id = device.account
    where device.account = ${listOf(people.map(({ id }) => id))}
    order by device.seen_at desc, device.id`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    name: row.device,
    account: { id: row.account, name: row.name, role: row.role },
    seenAt: row.seen_at.toISOString(),
    skewMs: row.skew_ms,
    revoked: row.revoked_at !== null,
    report: row.report,
  }))
}

/** Those of one account, last seen first. */
export async function listOwnDevices(
  db: Kysely<Database>,
  account: string,
  current: string,
): Promise<ListedDevice[]> {
  const rows = await db
    .selectFrom('device')
    .innerJoin('account', 'account.id', 'device.account')
    .select(['device.id', 'device.name as device', 'account.name', 'account.role'])
    .select(['device.seen_at', 'device.skew_ms', 'device.revoked_at', 'device.report'])
    .where('device.account', '=', account)
    .orderBy('device.seen_at', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.device,
    account: {
      id: account,
      name: row.name,
      role: row.role as ListedDevice['account']['role'],
    },
    seenAt: row.seen_at.toISOString(),
    skewMs: row.skew_ms,
    revoked: row.revoked_at !== null,
    report: row.report,
    current: row.id === current,
  }))
}

/** A revoked device never comes in again: each request asks for it. */
export async function revokeDevice(db: Kysely<Database>, id: string, now: Date): Promise<void> {
  await db.updateTable('device').set({ revoked_at: now }).where('id', '=', id).execute()
}
