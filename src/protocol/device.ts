/**
 * Devices as their owner sees them: `GET /api/devices/own`, and `POST /api/devices/own/end` ends one of them.
 * Devices as the office sees them: `GET /api/devices` lists those of its scope, `POST /api/devices/revoke` ends one.
 * What a device says of itself comes with each pull (`pull.ts`): numbers alone, nothing of anybody's records.
 */
import * as v from 'valibot'
import { roles } from '#domain/account.ts'
import { id as uuid, instant } from '#domain/field.ts'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

export const deviceReportSchema = v.looseObject({
  /** The app's version, e.g. 0.2.0. */
  app: v.pipe(v.string(), v.maxLength(20)),
  /** Mutations that wait for the server, and those that it refused and that nobody has settled yet. */
  waiting: count,
  refused: count,
  /** The device's time of the oldest of them, ISO 8601 UTC; null where there is none. */
  oldest: v.nullable(instant),
  /** Bytes; null where the browser does not say. */
  storage: v.nullable(v.looseObject({ used: count, quota: count, persisted: v.boolean() })),
})
export type DeviceReport = v.InferOutput<typeof deviceReportSchema>

export const deviceListSchema = v.looseObject({
  ok: v.literal(true),
  devices: v.array(
    v.looseObject({
      id: uuid,
      /** What it calls itself, e.g. "Android · Chrome". */
      name: v.string(),
      account: v.looseObject({ id: uuid, name: v.string(), role: v.picklist(roles) }),
      /** The server's clock at its last push or pull. */
      seenAt: v.string(),
      /** Device time minus server time at its last push, milliseconds. */
      skewMs: v.nullable(v.number()),
      revoked: v.boolean(),
      /** The one that asks; only in the list of one's own. Since version 3. */
      current: v.optional(v.boolean()),
      /** As of `seenAt`; null before its first. */
      report: v.nullable(deviceReportSchema),
    }),
  ),
})
export type DeviceList = v.InferOutput<typeof deviceListSchema>
export type ListedDevice = DeviceList['devices'][number]

export const revokeRequestSchema = v.looseObject({ device: uuid })
export const doneSchema = v.looseObject({ ok: v.literal(true) })
