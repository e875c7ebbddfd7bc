/**
 * The audit log as it is read: `POST /api/audit`, for whoever may; looking is an act of the log itself. Names of fields
 * and counts, never a value of anybody's record.
 */
import * as v from 'valibot'
import { roles } from '#domain/account.ts'
import { id as uuid, instant } from '#domain/field.ts'

/** Where a page ends: what is older comes with the next. */
export const auditCursorSchema = v.looseObject({ at: instant, id: v.string() })

export const auditRequestSchema = v.looseObject({
  protocol: v.pipe(v.number(), v.integer()),
  /** Who did it. */
  account: v.optional(uuid),
  /** What it was about: a person's record, a device, an account, a place. */
  record: v.optional(uuid),
  /** Acts by name; all where left out. */
  acts: v.optional(v.array(v.pipe(v.string(), v.maxLength(40)))),
  /** Only what is unusual: reads at night, by a further device, of more than a place, once more. Since version 3. */
  unusual: v.optional(v.literal(true)),
  /** It is read to be taken away as a file; that is noted. */
  taken: v.optional(v.literal(true)),
  from: v.optional(instant),
  to: v.optional(instant),
  before: v.optional(auditCursorSchema),
})
export type AuditRequest = v.InferOutput<typeof auditRequestSchema>

export const auditAnswerSchema = v.looseObject({
  ok: v.literal(true),
  /** Newest first. */
  entries: v.array(
    v.looseObject({
      id: v.string(),
      at: v.string(),
      /** `change` for one change of a record, else the act's name in the log. */
      act: v.string(),
      by: v.nullable(
        v.looseObject({ id: uuid, name: v.string(), role: v.nullable(v.picklist(roles)) }),
      ),
      device: v.nullable(v.string()),
      /** As the device calls itself; absent from older servers. */
      deviceName: v.optional(v.nullable(v.string())),
      record: v.nullable(uuid),
      /** Of a device or an account that it is about. */
      recordName: v.optional(v.nullable(v.string())),
      kind: v.nullable(v.string()),
      /** Names of what was set. */
      fields: v.array(v.string()),
      facts: v.record(v.string(), v.unknown()),
    }),
  ),
  next: v.nullable(auditCursorSchema),
})
export type AuditAnswer = v.InferOutput<typeof auditAnswerSchema>
export type AuditLine = AuditAnswer['entries'][number]
