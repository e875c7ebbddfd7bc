/**
 * A mutation is a worker's intent. It is never rewritten after it was saved: a mended one is a new one.
 *
 * `fields` of a create is the whole record. Of a patch, it is what changed: a value (null clears it), or for a
 * set field `{ add, remove }`, where `remove` lists keys. A remove has none.
 *
 * `stream` and `seen` say what the worker's screen showed. Where the record has gone to another stream since, the
 * server follows it; `to` is the stream where a patch wants it to stand, with all that belongs to it.
 */
import * as v from 'valibot'
import { fieldProblems, id as uuid, instant } from '#domain/field.ts'
import { kinds, type Kind } from '#domain/record.ts'
import { problemSchema } from './problem.ts'

/** More than any person types into one record; a larger mutation is refused alone. */
export const maxMutationBytes = 64 * 1024
export const maxBatch = 100
export const maxPush = 500

export const ops = ['create', 'patch', 'remove'] as const

export const mutationSchema = v.looseObject({
  id: uuid,
  device: uuid,
  /** Counts 1, 2, 3 … on each device. */
  seq: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** The device's time of the act, ISO 8601 UTC. */
  at: instant,
  /** The server's last word to the device before the act, by the server's clock: `at` lies after it. Since version 3. */
  heard: v.optional(instant),
  /** Mutations of one batch have consecutive seq and are applied together or not at all. */
  batch: v.nullable(uuid),
  /** How many the batch has. Where it says so, a push that carries only some of them has all of these refused. */
  batchSize: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxBatch))),
  stream: uuid,
  kind: v.picklist(kinds as [Kind, ...Kind[]]),
  record: uuid,
  op: v.picklist(ops),
  /** Of a patch that names another parent, or of a building: that one's stream. Since version 2. */
  to: v.optional(uuid),
  fields: v.record(v.string(), v.unknown()),
  /** Version of the record that the worker's screen was based on; 0 where only this device had it. */
  seen: v.pipe(v.number(), v.integer(), v.minValue(0)),
})
export type Mutation = v.InferOutput<typeof mutationSchema>

/** How a patch names the change of a set field. */
export const setChangeSchema = v.strictObject({
  add: v.optional(v.array(v.unknown())),
  remove: v.optional(v.array(v.string())),
})
export type SetChange = v.InferOutput<typeof setChangeSchema>

export const fieldProblemSchema = v.looseObject({
  field: v.string(),
  problem: v.picklist(fieldProblems),
  limit: v.optional(v.union([v.string(), v.number()])),
})

/** The server's word on one mutation. The only proof of arrival. */
export const receiptSchema = v.variant('ok', [
  v.looseObject({
    id: uuid,
    seq: v.number(),
    ok: v.literal(true),
    /** Version that the record has after it in its stream. */
    version: v.number(),
  }),
  v.looseObject({
    id: uuid,
    seq: v.number(),
    ok: v.literal(false),
    problem: problemSchema,
    fields: v.optional(v.array(fieldProblemSchema)),
  }),
])
export type Receipt = v.InferOutput<typeof receiptSchema>
