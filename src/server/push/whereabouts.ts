/** Where a record is that went from one stream to another: its tombstones point the way. */
import { parentOf } from '#domain/record.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'
import { problemOfAccess } from '../access.ts'
import type { RecordRow } from '../db/records.ts'
import { keyOf } from './draft.ts'
import type { PlanContext } from './plan.ts'

/**
 * The stream in which a mutation applies: where its record has gone since its author saw it, or, where it makes one,
 * where the household or door has gone that it shall stand in. Else the one that it names.
 */
export function streamNow(
  { stream, record, kind, op, fields }: Mutation,
  find: (key: string) => RecordRow | undefined,
): string {
  const there = follow(stream, record, find)
  if (there !== stream || op !== 'create') return there
  const parent = parentOf(kind, fields)
  return parent ? follow(stream, parent, find) : stream
}

/** Null where the account may do this where the record is now, and may put it where it shall stand. */
export function problemOfPlace(
  mutation: Mutation,
  stream: string,
  { account, scope }: Pick<PlanContext, 'account' | 'scope'>,
): Problem | null {
  const problem = problemOfAccess(account.role, scope, { ...mutation, stream })
  if (problem === 'stream-not-yours') {
    // It is told only to whom the record was entrusted before it went.
    return stream !== mutation.stream && scope.get(mutation.stream)?.own
      ? 'record-elsewhere'
      : problem
  }
  if (problem || mutation.op !== 'patch' || mutation.to === undefined) return problem
  return scope.get(mutation.to)?.own ? null : 'stream-not-yours'
}

/** The account's own streams to which records went, by their tombstones. */
export function streamsAhead(
  records: ReadonlyMap<string, RecordRow>,
  scope: PlanContext['scope'],
): string[] {
  const targets = [...records.values()].flatMap(({ movedTo }) => (movedTo ? [movedTo] : []))
  return [...new Set(targets)].filter((stream) => scope.get(stream)?.own)
}

function follow(from: string, id: string, find: (key: string) => RecordRow | undefined): string {
  let stream = from
  // A way never leads in a circle: where a record came back to, its tombstone is gone.
  for (let next = find(keyOf(stream, id)); next?.movedTo; next = find(keyOf(stream, id))) {
    stream = next.movedTo
  }
  return stream
}
