/**
 * Merge by field, pure and the same at both ends. The device uses `applied` to show base plus pending; the server
 * uses `merge`, which also knows when and by which device each field was last set.
 */
import { setKey, type Kind } from '#domain/record.ts'
import type { Mutation, SetChange } from './mutation.ts'

type Values = Readonly<Record<string, unknown>>

/** Who set a field last: version in the stream, device, and the corrected moment. */
export interface FieldMark {
  readonly version: number
  readonly device: string | null
  readonly at: string
  readonly by?: string | null
  readonly mutation?: string | null
  /** Of a record that came from other streams: the version that this had there, by stream. */
  readonly earlier?: Readonly<Record<string, number>>
}

/** The server's state of one record. `marks` names only fields that were set after the creation. */
export interface MergeState {
  readonly kind: Kind
  readonly fields: Values
  readonly created: FieldMark
  readonly marks: Readonly<Record<string, FieldMark>>
}

/** A mark that goes along to another stream, where it counts as set with the version of the move. */
export function carriedMark(mark: FieldMark, from: string, version: number): FieldMark {
  return { ...mark, version, earlier: { [from]: mark.version, ...mark.earlier } }
}

/**
 * The version of a mark as a device counts that saw the record in `stream`, of a record that stands `here`. What was
 * set only after it had left that stream is later than anything that was seen there.
 */
export function versionAsSeenIn(mark: FieldMark, stream: string, here: string): number {
  return mark.earlier?.[stream] ?? (stream === here ? mark.version : Infinity)
}

export interface FieldClash {
  readonly field: string
  readonly kept: { readonly value: unknown; readonly mark: FieldMark }
  readonly lost: { readonly value: unknown; readonly mark: FieldMark }
}

export interface Merged {
  readonly fields: Values
  readonly marks: Readonly<Record<string, FieldMark>>
  /** [before, after] of each field that really changed. */
  readonly changed: Readonly<Record<string, readonly [unknown, unknown]>>
  readonly clashes: readonly FieldClash[]
}

/** The fields after a mutation, without asking whether it clashes: what its author sees. */
export function applied(kind: Kind, fields: Values | undefined, mutation: Mutation): Values {
  if (mutation.op === 'create') return mutation.fields
  const next: Record<string, unknown> = { ...fields }
  for (const [field, change] of Object.entries(mutation.fields)) {
    next[field] = changedValue(kind, field, next[field], change)
  }
  return next
}

/**
 * Merges a patch into a record. A field not set since `seen`, or set by the same device, takes the patch's value.
 * One set since by another device to another value is a clash: the later moment wins (at the same moment the one
 * that came first stays), and both are returned. Of a set both stay, and both are returned where two put something
 * in the place of one telephone. `here`: the stream in which the record stands, where it is another
 * one than the patch names.
 */
export function merge(
  state: MergeState,
  patch: Mutation,
  mark: FieldMark,
  here = patch.stream,
): Merged {
  const fields: Record<string, unknown> = { ...state.fields }
  const marks: Record<string, FieldMark> = { ...state.marks }
  const changed: Record<string, readonly [unknown, unknown]> = {}
  const clashes: FieldClash[] = []
  for (const [field, change] of Object.entries(patch.fields)) {
    const before = fields[field]
    const after = changedValue(state.kind, field, before, change)
    if (isSame(before, after)) continue
    const last = marks[field] ?? state.created
    const isSet = setKey(state.kind, field) !== undefined
    // What was never known has no other value to clash with.
    const isNews = marks[field] === undefined && isSame(before, null)
    const isSince = versionAsSeenIn(last, patch.stream, here) > patch.seen
    if (!isSet && !isNews && isSince && last.device !== mark.device) {
      const mine = { value: after, mark }
      const theirs = { value: before, mark: last }
      const mineWins = Date.parse(mark.at) > Date.parse(last.at)
      clashes.push(
        mineWins ? { field, kept: mine, lost: theirs } : { field, kept: theirs, lost: mine },
      )
      if (!mineWins) continue
    }
    // Both new ones stay and the old one goes; somebody is asked, since most likely one of the two is right.
    if (isSince && last.device !== mark.device && isReplacedTwice(before, change)) {
      clashes.push({
        field,
        kept: { value: after, mark },
        lost: { value: before, mark: last },
      })
    }
    fields[field] = after
    marks[field] = mark
    changed[field] = [before ?? null, after ?? null]
  }
  return { fields, marks, changed, clashes }
}

/**
 * What a field's value becomes; a set field takes `{ add, remove }` element by element, or a whole list. A change of
 * another shape becomes the value as it is, for the record's schema to refuse: the device sent it, so it may be
 * anything.
 */
function changedValue(kind: Kind, field: string, before: unknown, change: unknown): unknown {
  const keyOf = setKey(kind, field)
  if (!keyOf || !isSetChange(change)) return change
  const byKey = new Map<string, unknown>()
  for (const element of Array.isArray(before) ? before : []) byKey.set(keyOf(element), element)
  for (const key of change.remove ?? []) byKey.delete(key)
  for (const element of change.add ?? []) byKey.set(keyOf(element), element)
  // Nothing taken from nothing is still not known.
  return byKey.size === 0 && !Array.isArray(before) ? before : [...byKey.values()]
}

/** Puts something in the place of an element, a telephone, in whose place somebody else has put another one already. */
function isReplacedTwice(before: unknown, change: unknown): boolean {
  if (!isSetChange(change) || !Array.isArray(before)) return false
  const { add = [], remove = [] } = change
  const isNew = (element: unknown) => typeof element === 'string' && !before.includes(element)
  return add.some(isNew) && remove.some((key) => !before.includes(key))
}

function isSetChange(change: unknown): change is SetChange {
  if (typeof change !== 'object' || change === null || Array.isArray(change)) return false
  const { add, remove } = change as Record<string, unknown>
  if (add === undefined && remove === undefined) return false
  const isAdd = add === undefined || (Array.isArray(add) && add.every(hasKey))
  const isRemove = remove === undefined || Array.isArray(remove)
  return isAdd && isRemove
}

/** The key of an element is the element or one of its properties, and nothing has none. */
function hasKey(element: unknown): boolean {
  return element !== null && element !== undefined
}

/** Equal as JSON values; absent and null are the same: not known. Order of keys does not count. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (a === undefined || a === null) return b === undefined || b === null
  if (typeof a !== 'object' || typeof b !== 'object' || b === null) return false
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((value, index) => isSame(value, b[index]))
    )
  }
  if (Array.isArray(b)) return false
  const left = a as Values
  const right = b as Values
  const names = new Set([...Object.keys(left), ...Object.keys(right)])
  return [...names].every((name) => isSame(left[name], right[name]))
}
