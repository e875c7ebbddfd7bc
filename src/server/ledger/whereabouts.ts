/** Where a record is that went from one stream to another: its tombstones point the way. */
import { hostOf, mergedIntoOf, parentOf, traits } from '#domain/record.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { Problem } from '#protocol/problem.ts'
import { isReached, problemOfAccess } from '../access.ts'
import type { RecordRow } from '../db/record-row.ts'
import type { StreamRow } from '../db/streams.ts'
import { keyOf } from './draft.ts'
import type { PlanContext } from './plan-context.ts'

/**
 * The stream in which a mutation applies: where its record has gone since its author saw it, or, where it makes one,
 * where the household or door has gone that it shall stand in; what stands in nothing goes where its closed grid went.
 * Else the one that it names.
 */
export function streamNow(
  { stream, record, kind, op, fields }: Mutation,
  find: (key: string) => RecordRow | undefined,
  successors: PlanContext['successors'] = new Map(),
): string {
  const there = follow(stream, record, find)
  if (there !== stream || op !== 'create') return there
  const host = hostOf(kind, fields)
  return host ? follow(stream, host, find) : lastOf(stream, successors)
}

/**
 * Where its author may write it: what only stands beside a record (that somebody looked at it) stays in the stream that
 * it names, where the record has gone to another's grid. That somebody looked is on record whatever became of whom.
 */
export function streamFor(
  { stream, kind, op }: Mutation,
  there: string,
  recordedAt: number,
  { scope }: Pick<PlanContext, 'scope'>,
): string {
  const isBeside = op === 'create' && traits[kind].beside !== undefined
  return isBeside && !isReached(scope, there, recordedAt) ? stream : there
}

/**
 * The patch with the stream in which its new parent is now: that may have gone elsewhere since its author saw it, and
 * the record goes after it. `stream`: where the record is.
 */
export function withTarget(
  mutation: Mutation,
  stream: string,
  find: (key: string) => RecordRow | undefined,
  successors: PlanContext['successors'] = new Map(),
): Mutation {
  const { op, kind, fields, to } = mutation
  if (op !== 'patch') return mutation
  // What it is merged into may have gone with it: it is the same person there.
  const parent = parentOf(kind, fields) ?? mergedIntoOf(kind, fields)
  const target = parent
    ? follow(to ?? mutation.stream, parent, find)
    : to === undefined
      ? stream
      : lastOf(to, successors)
  return target === (to ?? stream) ? mutation : { ...mutation, to: target }
}

/** Null where the account may do this where the record is now, and may put it where it shall stand. */
export function problemOfPlace(
  mutation: Mutation,
  stream: string,
  recordedAt: number,
  { account, scope }: Pick<PlanContext, 'account' | 'scope'>,
): Problem | null {
  const isTaken = account.moves === mutation.kind && mutation.to !== undefined
  const asked = problemOfAccess(account.role, scope, { ...mutation, stream }, recordedAt)
  const problem = isTaken && asked === 'kind-not-yours' ? null : asked
  if (problem === 'stream-not-yours') {
    // It is told only to whom the record was entrusted before it went.
    return stream !== mutation.stream && isReached(scope, mutation.stream)
      ? 'record-elsewhere'
      : problem
  }
  if (problem || mutation.op !== 'patch' || mutation.to === undefined) return problem
  return isReached(scope, mutation.to, recordedAt) ? null : 'stream-not-yours'
}

interface Closures {
  readonly successors: ReadonlyMap<string, string>
  readonly closed: ReadonlySet<string>
}

/** Which of some locked streams are closed, and where what still comes for them goes. */
export function closuresOf(
  locked: ReadonlyMap<string, Pick<StreamRow, 'closed_at' | 'successor'>>,
): Closures {
  const closed = [...locked].filter(([, row]) => row.closed_at !== null)
  const led = closed.flatMap(([id, row]) => (row.successor ? [[id, row.successor] as const] : []))
  return { successors: new Map(led), closed: new Set(closed.map(([id]) => id)) }
}

/** The streams to which records went by their tombstones, and closed grids by their successors. */
export function targetsOf(
  records: ReadonlyMap<string, RecordRow>,
  { successors }: Closures,
): string[] {
  const moved = [...records.values()].flatMap(({ movedTo }) => (movedTo ? [movedTo] : []))
  return [...new Set([...moved, ...successors.values()])]
}

/** Where what comes for a closed grid goes: its successor may have been closed since. */
function lastOf(stream: string, successors: ReadonlyMap<string, string>): string {
  let last = stream
  for (let next = successors.get(last); next !== undefined; next = successors.get(last)) last = next
  return last
}

function follow(from: string, id: string, find: (key: string) => RecordRow | undefined): string {
  let stream = from
  // A way never leads in a circle: where a record came back to, its tombstone is gone.
  for (let next = find(keyOf(stream, id)); next?.movedTo; next = find(keyOf(stream, id))) {
    stream = next.movedTo
  }
  return stream
}
