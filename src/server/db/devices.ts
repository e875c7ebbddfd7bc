/** Devices: each belongs to one account for ever, counts its mutations, and has the server's half of its key. */
import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'

export interface DeviceRow {
  readonly id: string
  readonly account: string
  readonly key: string
  readonly last_seq: number
  readonly skew_ms: number | null
  readonly revoked_at: Date | null
}

export function findDevice(db: Kysely<Database>, id: string): Promise<DeviceRow | undefined> {
  return db.selectFrom('device').selectAll().where('id', '=', id).executeTakeFirst()
}

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
  return db.selectFrom('device').selectAll().where('id', '=', device.id).executeTakeFirstOrThrow()
}

/** A revoked device never comes in again: each request asks for it. */
export async function revokeDevice(db: Kysely<Database>, id: string, now: Date): Promise<void> {
  await db.updateTable('device').set({ revoked_at: now }).where('id', '=', id).execute()
}
