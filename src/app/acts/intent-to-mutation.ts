/** What a person meant, as mutations: only what differs from what the screen showed, set fields element by element. */
import { isBornIn } from '#domain/born-ids.ts'
import { cleanField, cleanFields } from '#domain/clean-fields.ts'
import {
  mergedIntoOf,
  parentOf,
  setKey,
  traits,
  type Kind,
  type RegisterRecord,
} from '#domain/record.ts'
import { isSame } from '#protocol/merge.ts'
import type { SetChange } from '#protocol/mutation.ts'
import type { Unnumbered } from '#app/vault/vault.ts'
import type { Intent } from '#app/acts/intent.ts'

/** What every mutation of one save has in common. */
export interface Making {
  readonly device: string
  /** ISO 8601 UTC, by the device's clock. */
  readonly at: string
  /** The server's last word before, by its clock. */
  readonly heard?: string
  readonly batch: string | null
  readonly newId: () => string
  /** The stream of a record that another one can stand in; undefined where this device has none such. */
  readonly streamOf: (kind: Kind, id: string) => string | undefined
}

/** A mutation before the vault numbers it. */
export type NewMutation = Unnumbered

type Values = Readonly<Record<string, unknown>>

/**
 * `now` is the record as the register has it, `undefined` where it has none any more. Null where the intent changes
 * nothing. Throws for a patch of a record that neither the register nor the screen ever had.
 */
export function intentToMutation(
  intent: Intent,
  now: RegisterRecord | undefined,
  making: Making,
): NewMutation | null {
  const { newId, streamOf, ...common } = making
  if (intent.op === 'create') {
    const { op, kind, record, stream } = intent
    // The office would refuse it, and nobody could mend it: a form has taken an id made for another stream.
    if (isBornIn(record, stream) === false)
      throw new Error(`the id of a ${kind} is of another stream`)
    // Whichever form it comes from: nothing is called saved that the server would have to refuse.
    const fields = cleanFields(kind, intent.fields)
    return { ...common, id: newId(), stream, kind, record, op, fields, seen: 0 }
  }
  const { op, kind, record } = intent
  const shown = intent.shown ?? now
  if (!shown) throw new Error(`patch of an unknown ${kind}`)
  const fields = changedFields(kind, shown.fields, intent.fields)
  if (Object.keys(fields).length === 0) return null
  const stream = now?.stream ?? shown.stream
  const to = intent.to ?? streamWanted(kind, shown.fields, fields, streamOf)
  return {
    ...common,
    id: newId(),
    stream,
    kind,
    record,
    op,
    ...(to === undefined ? {} : { to }),
    fields,
    seen: shown.version,
  }
}

/** Where a patch wants the record to stand, if it says what that stands in or goes along with. */
function streamWanted(
  kind: Kind,
  shown: Values,
  fields: Values,
  streamOf: Making['streamOf'],
): string | undefined {
  const { belongsTo, mergesInto = '' } = traits[kind]
  if (!belongsTo || !(belongsTo.field in fields || mergesInto in fields)) return undefined
  const after = { ...shown, ...fields }
  const merged = mergedIntoOf(kind, after)
  return merged ? streamOf(kind, merged) : streamOf(belongsTo.kind, parentOf(kind, after) ?? '')
}

/**
 * The mutation that takes another one back. `before` are the record's fields before it; a colleague's change since
 * then clashes as any other, because `seen` stays that of the mutation.
 */
export function inverseOf(mutation: NewMutation, before: Values, making: Making): NewMutation {
  const { newId, streamOf: _, ...common } = making
  const { stream, kind, record, seen } = mutation
  const base = { ...common, id: newId(), stream, kind, record, seen }
  if (mutation.op === 'create') return { ...base, op: 'remove', fields: {} }
  const fields: Record<string, unknown> = {}
  for (const [field, change] of Object.entries(mutation.fields)) {
    const keyOf = setKey(kind, field)
    fields[field] = keyOf
      ? inverseSetChange(keyOf, listOf(before[field]), change as SetChange)
      : (before[field] ?? null)
  }
  // Back to where it was: the server knows where it has gone since.
  return { ...base, op: 'patch', ...(mutation.to === undefined ? {} : { to: stream }), fields }
}

function changedFields(kind: Kind, shown: Values, wanted: Values): Record<string, unknown> {
  const changed: Record<string, unknown> = {}
  for (const [field, typed] of Object.entries(wanted)) {
    if (isSame(shown[field], typed)) continue
    const value = cleanField(kind, field, typed, shown[field])
    if (isSame(shown[field], value)) continue
    const keyOf = setKey(kind, field)
    if (!keyOf) {
      changed[field] = value ?? null
      continue
    }
    const change = setChange(keyOf, listOf(shown[field]), listOf(value))
    if (change) changed[field] = change
  }
  return changed
}

/** Null where both lists hold the same elements, in whichever order. */
function setChange(
  keyOf: (element: unknown) => string,
  before: readonly unknown[],
  after: readonly unknown[],
): SetChange | null {
  const beforeByKey = new Map(before.map((element) => [keyOf(element), element]))
  const keysAfter = new Set(after.map(keyOf))
  const add = after.filter((element) => !isSame(beforeByKey.get(keyOf(element)), element))
  const remove = [...beforeByKey.keys()].filter((key) => !keysAfter.has(key))
  if (add.length === 0 && remove.length === 0) return null
  return { ...(add.length > 0 ? { add } : {}), ...(remove.length > 0 ? { remove } : {}) }
}

function inverseSetChange(
  keyOf: (element: unknown) => string,
  before: readonly unknown[],
  change: SetChange,
): SetChange {
  const beforeByKey = new Map(before.map((element) => [keyOf(element), element]))
  const touched = [...(change.remove ?? []), ...(change.add ?? []).map(keyOf)]
  return {
    add: touched.flatMap((key) => (beforeByKey.has(key) ? [beforeByKey.get(key)] : [])),
    remove: touched.filter((key) => !beforeByKey.has(key)),
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
