/**
 * A pull's lines as the device checks them: the envelope in full, the records inside only for being a list.
 *
 * A first pull brings 33,000 records; checking them field by field would cost a phone seconds and would guard
 * against our own server alone, which checked each field when it was written and speaks to us over TLS. Whoever
 * reads a field that a screen depends on treats it as possibly absent, as records of newer versions demand anyway.
 */
import * as v from 'valibot'
import {
  endLineSchema,
  heldLineSchema,
  pageLineSchema,
  scopeLineSchema,
  type PullLine,
} from '#protocol/pull.ts'

const list = v.custom<never[]>(Array.isArray)

export const pullEnvelopeSchema: v.GenericSchema<unknown, PullLine> = v.variant('type', [
  scopeLineSchema,
  v.looseObject({ ...pageLineSchema.entries, records: list, changes: list }),
  heldLineSchema,
  endLineSchema,
])
