/** Clash: two devices set one field to different values; both are kept until somebody settles it. */
import * as v from 'valibot'
import { flag, id, instant, maybe, text } from './field.ts'

const sideSchema = v.looseObject({
  value: v.unknown(),
  at: instant,
  by: maybe(id),
  mutation: maybe(id),
})

export const clashSchema = v.looseObject({
  kind: text(20),
  record: id,
  field: text(40),
  kept: sideSchema,
  lost: sideSchema,
  settled: maybe(flag),
})
export type Clash = v.InferOutput<typeof clashSchema>
