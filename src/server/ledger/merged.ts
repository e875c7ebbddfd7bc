/** Records of one person that became one: which one counts, and where work goes that still comes for the other. */
import { mergedIntoOf, traits } from '#domain/record.ts'
import { placeFields } from '#domain/resident.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'
import type { RecordRow } from '../db/record-row.ts'
import { keyOf, type Refused } from './draft.ts'

type Find = (key: string) => RecordRow | undefined

/**
 * A patch of a record that was merged meanwhile is one of the record that counts. Its author never saw that one: what
 * differs there was set without them, so it clashes and both values are kept. What means the door of the merged record
 * is told instead, as is a removal. A patch that parts the two again, or merges on, means the record that it names.
 */
export function followMerged(
  mutation: Mutation,
  stream: string,
  find: Find,
): { readonly mutation: Mutation } | Refused {
  const { kind, op, record, fields } = mutation
  const field = traits[kind].mergesInto
  if (field === undefined || op === 'create' || field in fields) return { mutation }
  const held = find(keyOf(stream, record))
  if (!held || held.removed || mergedIntoOf(kind, held.fields) === null) return { mutation }
  if (op === 'remove' || placeFields.some((name) => name in fields)) {
    return { problem: 'record-merged' }
  }
  const counts = whatCounts(held, find)
  if (!counts) return { problem: 'record-merged' }
  return { mutation: { ...mutation, record: counts.id, seen: 0 } }
}

/** Null where the record was merged into nothing, or into one that counts and stands in the same stream. */
export function problemOfMerge(record: RecordRow, find: Find): Problem | null {
  const into = mergedIntoOf(record.kind, record.fields)
  if (into === null) return null
  const target = find(keyOf(record.stream, into))
  if (!target || target.removed || target.kind !== record.kind) return 'reference-missing'
  // Nor into itself: two who merge the same two records the other way round are told.
  return mergedIntoOf(target.kind, target.fields) === null ? null : 'record-merged'
}

/** The last of a chain: what a record was merged into may have been merged itself since. */
function whatCounts(merged: RecordRow, find: Find): RecordRow | undefined {
  const passed = new Set<string>()
  let record: RecordRow | undefined = merged
  while (record && !record.removed && !passed.has(record.id)) {
    const into = mergedIntoOf(record.kind, record.fields)
    if (into === null) return record
    passed.add(record.id)
    record = find(keyOf(record.stream, into))
  }
  return undefined
}
