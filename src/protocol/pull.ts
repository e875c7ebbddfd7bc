/**
 * Pull: `POST /api/pull`, answered as lines of JSON (application/x-ndjson): a scope line, pages, an end line.
 * A pull that expects nothing new says what it holds in sixteen characters (`held.ts`) and is mostly told: the same.
 * A device stores a page and its cursor in one transaction and goes on from there after an interruption; an answer
 * without its end line was cut short.
 */
import * as v from 'valibot'
import { roles } from '#domain/account.ts'
import { id as uuid } from '#domain/field.ts'
import { kinds, type Kind } from '#domain/record.ts'
import { deviceReportSchema } from './device.ts'

/** `proof`: the page's word for its last version, which another history of the stream does not have. Since version 3. */
export const cursorSchema = v.looseObject({
  epoch: v.number(),
  version: v.number(),
  proof: v.optional(v.string()),
})
export type Cursor = v.InferOutput<typeof cursorSchema>

export const pullRequestSchema = v.looseObject({
  protocol: v.pipe(v.number(), v.integer()),
  device: uuid,
  /** None where `held` stands for them. */
  cursors: v.optional(v.record(uuid, cursorSchema), {}),
  /** `cursorsToHeld` of them: answered by a held line alone. Since version 2. */
  held: v.optional(v.string()),
  /** Since version 2. */
  report: v.optional(deviceReportSchema),
  /** The seq that the server last said it expects: where it knows of fewer by now, it was put back. Since version 3. */
  told: v.optional(v.pipe(v.number(), v.integer())),
  /**
   * What a device of an office wants to hold where its places have more people than a device shall carry: these streams,
   * the most wanted first. `isOn`: it holds so already; `outline`: the digest of the outline that it has. Absent: it
   * holds everything. Since version 4.
   */
  demand: v.optional(
    v.looseObject({
      isOn: v.boolean(),
      open: v.pipe(v.array(uuid), v.maxLength(400)),
      outline: v.optional(v.string()),
    }),
  ),
  /**
   * Records in a page, for a line that breaks before a whole one is through; the server's own size where left out.
   * Since version 3.
   */
  pageSize: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500))),
})
export type PullRequest = v.InferOutput<typeof pullRequestSchema>

/** A record as it travels: its whole state, or its tombstone. */
export const wireRecordSchema = v.looseObject({
  kind: v.picklist(kinds as [Kind, ...Kind[]]),
  id: uuid,
  version: v.number(),
  removed: v.optional(v.literal(true)),
  /** How often it went from one stream to another; the larger number is the later state. Since version 2. */
  moves: v.optional(v.number()),
  fields: v.optional(v.record(v.string(), v.unknown())),
  at: v.optional(v.string()),
  by: v.optional(uuid),
})
export type WireRecord = v.InferOutput<typeof wireRecordSchema>

/** One applied patch or removal: a line of a record's history. `fields` maps a name to [before, after]. */
export const wireChangeSchema = v.looseObject({
  id: uuid,
  record: uuid,
  version: v.number(),
  op: v.picklist(['patch', 'remove']),
  at: v.string(),
  /** What the device's clock said where that cannot be true: `at` is the moment of receipt then. Since version 3. */
  saidAt: v.optional(v.string()),
  by: v.optional(uuid),
  fields: v.record(v.string(), v.tuple([v.unknown(), v.unknown()])),
})
export type WireChange = v.InferOutput<typeof wireChangeSchema>

/** What a device holds by demand, and of the places that it does not hold what they are called. Since version 4. */
export const demandSchema = v.looseObject({
  /** Streams of the scope that are there because they were asked for; those above them are always. */
  held: v.array(uuid),
  /** Who lives in all places of the account, and in how many of them; how many residents a device holds at most. */
  residents: v.number(),
  places: v.number(),
  most: v.number(),
  /** A digest of the outline; the outline itself where the device has another. */
  outlineDigest: v.string(),
  /** The place records of all streams that go by demand, held or not. */
  outline: v.optional(v.array(wireRecordSchema)),
})
export type Demand = v.InferOutput<typeof demandSchema>

export const scopeLineSchema = v.looseObject({
  type: v.literal('scope'),
  now: v.string(),
  account: v.looseObject({ id: uuid, name: v.string(), role: v.picklist(roles) }),
  /** Every stream this account may see, with its head; `write` where it may also push there. */
  streams: v.array(
    v.looseObject({
      id: uuid,
      epoch: v.number(),
      head: v.number(),
      write: v.boolean(),
      /** Of the head. Since version 3. */
      proof: v.optional(v.string()),
    }),
  ),
  /** The account holds by demand: of its streams those above are named, and of the others the ones that it holds. */
  demand: v.optional(demandSchema),
  /** The next seq the server expects of this device: lower than the device's own after a restored backup. */
  expected: v.number(),
})
export type ScopeLine = v.InferOutput<typeof scopeLineSchema>

/** Records of one stream with versions in (from, to]. `reset`: forget what you have of this stream first. */
export const pageLineSchema = v.looseObject({
  type: v.literal('page'),
  stream: uuid,
  epoch: v.number(),
  from: v.number(),
  to: v.number(),
  reset: v.optional(v.literal(true)),
  /** Of `to`. Since version 3. */
  proof: v.optional(v.string()),
  records: v.array(wireRecordSchema),
  changes: v.array(wireChangeSchema),
})
export type PageLine = v.InferOutput<typeof pageLineSchema>

/** The whole answer to a request with `held`: not `same`, and it is asked again with the cursors. Since version 2. */
export const heldLineSchema = v.looseObject({
  type: v.literal('held'),
  same: v.boolean(),
  now: v.string(),
  expected: v.number(),
})
export type HeldLine = v.InferOutput<typeof heldLineSchema>

export const endLineSchema = v.looseObject({ type: v.literal('end') })

export const pullLineSchema = v.variant('type', [
  scopeLineSchema,
  pageLineSchema,
  heldLineSchema,
  endLineSchema,
])
export type PullLine = v.InferOutput<typeof pullLineSchema>
